import type { Stored } from '@haat/kit-mongo/define-collection';
import type { CatalogContext } from '../context.js';
import { importChunks, ImportFormat, ImportRowStatus, type ChunkRow, type ImportRow, type RowResult, type StagedRow } from './import-job.row.js';
import { errorFileBytesMax } from './import-limits.js';
import { csvCells, csvLine, unguarded } from './read-cells.js';

/** Chunks that are read at once. */
const chunksAtOnce = 10;

/** A row that failed, as it was uploaded, with what became of it. */
interface Failed {
  readonly row: StagedRow;
  readonly result: RowResult;
}

/**
 * The rows that failed and why, from a row's number on: CSV with the file's own columns and two in front, which another import
 * passes over, or a JSON object per line. Ends before it grows too large; the number of its last row says where to go on.
 */
export async function errorFileOf(ctx: CatalogContext, job: ImportRow, from: number): Promise<string> {
  const lines: string[] = job.format === ImportFormat.CSV ? [csvLine(['import row', 'import errors', ...job.columns], job.delimiter)] : [];
  let bytes = 0;
  for await (const failed of failedRows(ctx, job, from)) {
    const line = lineOf(job, failed);
    bytes += Buffer.byteLength(line);
    if (bytes > errorFileBytesMax) break;
    lines.push(line);
  }
  return lines.join('');
}

/** Every row of the latest run that failed, in the order of the file. */
export async function* failedRows(ctx: Pick<CatalogContext, 'db'>, job: ImportRow, from: number): AsyncGenerator<Failed> {
  for await (const chunk of chunksOf(ctx, job)) {
    for (const [at, row] of chunk.rows.entries()) {
      const result = chunk.run === job.run ? chunk.results[at] : undefined;
      if (row.number >= from && result?.status === ImportRowStatus.FAILED) yield { row, result };
    }
  }
}

/** Chunks of the upload that counts, in the order of the file. */
async function* chunksOf(ctx: Pick<CatalogContext, 'db'>, { uploadId }: Pick<ImportRow, 'uploadId'>): AsyncGenerator<ChunkRow> {
  if (!uploadId) return;
  for (let last: string | undefined; ;) {
    const rows: readonly Stored<ChunkRow>[] = await ctx.db.collection(importChunks).page({ uploadId }, { after: last === undefined ? undefined : { value: last, id: last }, limit: chunksAtOnce });
    yield* rows;
    last = rows.at(-1)?._id;
    if (rows.length < chunksAtOnce) return;
  }
}

/** Cells as they were read: written as they were uploaded, one that has its apostrophe would get another. */
function lineOf({ format, delimiter = ',' }: ImportRow, { row, result }: Failed): string {
  const errors = result.errors ?? [];
  if (format === ImportFormat.JSONL) return `${JSON.stringify({ row: row.number, errors, line: row.raw })}\n`;
  const read = csvCells(row.raw, delimiter);
  return csvLine([String(row.number), errors.join(' '), ...('cells' in read ? read.cells.map((cell) => unguarded(cell.trim())) : [row.raw])], delimiter);
}
