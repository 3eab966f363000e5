import type { Route, RouteResponse } from '@haat/kit/routes';
import type { CatalogContext } from '../context.js';
import { ImportFormat } from '../import/import-job.row.js';
import { csvLine } from '../import/read-cells.js';
import { exportToRead } from './find-product-exports.js';
import { exportPieces, ProductExportStatus, type ProductExportRow } from './product-export.row.js';
import { piecesPerPart } from './product-export.type.js';
import type { ExportedRow } from './product-rows.js';

/** `GET /hooks/catalog/exports/<id>?part=<n>`: a part of an export, whole by itself, for those who may have asked for it. */
export const exportRoute: Route = {
  method: 'GET',
  path: '/exports/:id',
  bodyBytesMax: 0,
  caller: 'viewer',
  async answer(given, request, { id = '' }): Promise<RouteResponse> {
    const ctx = given as unknown as CatalogContext;
    const job = await exportToRead(ctx, id);
    const part = Number(request.query.get('part') ?? 1);
    if (job?.status !== ProductExportStatus.READY || !Number.isInteger(part) || part < 1) return { status: 404 };
    const isCsv = job.format === ImportFormat.CSV;
    return {
      status: 200, body: await partOf(ctx, job, part),
      headers: {
        'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8', 'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="products-${part}.${isCsv ? 'csv' : 'jsonl'}"`,
      },
    };
  },
};

async function partOf(ctx: CatalogContext, { _id, format, columns }: ProductExportRow, part: number): Promise<string> {
  const first = (part - 1) * piecesPerPart;
  const ids = Array.from({ length: piecesPerPart }, (_, n) => `${_id}:${String(first + n).padStart(6, '0')}`);
  const pieces = await ctx.db.collection(exportPieces).findByIds(ids);
  const lines = pieces.flatMap((piece) => piece?.lines.split('\n') ?? []);
  if (format === ImportFormat.JSONL) return lines.map((line) => `${line}\n`).join('');
  const cells = lines.map((line) => {
    const row = JSON.parse(line) as ExportedRow;
    return csvLine(columns.map((column) => row[column] ?? ''));
  });
  // A byte order mark, since spreadsheets take a file without one for another encoding than UTF-8.
  return `\uFEFF${csvLine(columns)}${cells.join('')}`;
}
