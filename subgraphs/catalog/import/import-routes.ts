import type { Route, RouteRequest, RouteResponse } from '@haat/kit/routes';
import type { CatalogContext } from '../context.js';
import { errorFileOf } from './error-file.js';
import { importToManage } from './find-imports.js';
import { guessMapping, isWhole } from './import-field.js';
import { ImportFormat, ImportStatus, type ImportRow } from './import-job.row.js';
import { importBytesMax } from './import-limits.js';
import { changeImport } from './import-state.js';
import { FileRefused } from './read-header.js';
import { forgetUpload, stageRows, type Staged } from './stage-rows.js';

/** What clients and spreadsheets call such files. What they are is seen from their bytes. */
const mediaTypes = new Set(['text/csv', 'application/csv', 'application/vnd.ms-excel', 'application/jsonl', 'application/x-jsonl', 'application/x-ndjson', 'application/json-lines', 'text/plain', 'application/octet-stream']);

/** While an import is one of these, another file may take the place of the one there is. */
const awaiting: ReadonlySet<ImportStatus> = new Set([ImportStatus.PENDING, ImportStatus.MAPPING, ImportStatus.MAPPED, ImportStatus.CHECKED]);

/** `POST /hooks/catalog/imports/<id>`: the rows of an import, by whoever began it or may manage the same catalogue. */
export const uploadRoute: Route = {
  method: 'POST',
  path: '/imports/:id',
  bodyBytesMax: importBytesMax,
  caller: 'viewer',
  async answer(given, request, { id = '' }): Promise<RouteResponse> {
    const ctx = given as unknown as CatalogContext;
    const job = await importToManage(ctx, id);
    if (!job) return told(404, 'NOT_FOUND', 'No such import.');
    if (!awaiting.has(job.status)) return told(409, 'BAD_USER_INPUT', `The import is ${job.status} and takes no other file.`);
    if (!isMediaType(request)) return told(415, 'BAD_USER_INPUT', 'Expected text/csv or application/jsonl, neither compressed nor as a form.');
    return take(ctx, job, request.body);
  },
};

/** `GET /hooks/catalog/imports/<id>/errors`: the rows that failed and why, as a file of the same kind; `?from=` names the first row. */
export const errorFileRoute: Route = {
  method: 'GET',
  path: '/imports/:id/errors',
  bodyBytesMax: 0,
  caller: 'viewer',
  async answer(given, request, { id = '' }): Promise<RouteResponse> {
    const ctx = given as unknown as CatalogContext;
    const job = await importToManage(ctx, id);
    if (!job?.uploadId) return told(404, 'NOT_FOUND', 'No such import.');
    const isCsv = job.format === ImportFormat.CSV;
    const body = await errorFileOf(ctx, job, Number(request.query.get('from') ?? 1) || 1);
    return {
      status: 200, body,
      headers: {
        'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8', 'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="import-errors.${isCsv ? 'csv' : 'jsonl'}"`,
      },
    };
  },
};

async function take(ctx: CatalogContext, job: ImportRow, body: AsyncIterable<Uint8Array>): Promise<RouteResponse> {
  try {
    const staged = await stageRows(ctx, job, body);
    const kept = await ctx.transaction((tx) => changeImport(tx, job._id, (current) => (awaiting.has(current.status) ? uploaded(current, staged) : undefined)));
    const isTaken = kept?.uploadId === staged.uploadId;
    const gone = isTaken ? job.uploadId : staged.uploadId;
    if (gone) await forgetUpload(ctx, gone);
    if (!isTaken) return told(409, 'BAD_USER_INPUT', 'The import takes no other file any more.');
    return { status: 201, headers: json, body: JSON.stringify({ importId: job._id, status: kept.status, rows: staged.rows, columns: staged.columns }) };
  } catch (error) {
    if (error instanceof FileRefused) return told(422, 'BAD_USER_INPUT', error.message);
    throw error;
  }
}

/** A mapping that was made stays where the new file has its columns; else columns mean what their names say. */
function uploaded(current: ImportRow, { uploadId, columns, delimiter, rows, chunks }: Staged): ImportRow {
  const isFitting = current.mapping.length > 0 && current.mapping.every(({ column }) => columns.includes(column));
  const mapping = isFitting ? current.mapping : guessMapping(columns);
  const status = isWhole(mapping) ? ImportStatus.MAPPED : ImportStatus.MAPPING;
  return { ...current, uploadId, columns, delimiter, rows, chunks, mapping, status, done: 0, failed: 0, created: 0, changed: 0, nextChunk: 0, problem: undefined };
}

function isMediaType({ headers }: RouteRequest): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return headers['content-encoding'] === undefined && (type === undefined || mediaTypes.has(type));
}

const json = { 'content-type': 'application/json; charset=utf-8' };

function told(status: number, code: string, message: string): RouteResponse {
  return { status, headers: json, body: JSON.stringify({ code, message }) };
}
