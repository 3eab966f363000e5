import { newId } from '@haat/kit/id';
import type { CatalogContext } from '../context.js';
import { chunkBytesMax, chunkRowsMax, columnCharactersMax, columnsMax, importDays, importRowsMax, rowBytesMax, rowsLookedAtForColumns } from './import-limits.js';
import { chunkId, importChunks, ImportFormat, type ImportRow, type StagedRow } from './import-job.row.js';
import { jsonRow, textOfRecord } from './read-cells.js';
import { delimiters, FileRefused, readHeader, withoutMark, type Header } from './read-header.js';
import { splitRecords, type RecordBytes } from './split-records.js';

/** What was uploaded. */
export interface Staged extends Header {
  readonly uploadId: string;
  readonly rows: number;
  readonly chunks: number;
}

/**
 * Puts the rows of a file aside, chunk by chunk as they stream in. They count only once the import names their upload: one
 * that is cut off leaves nothing behind. Throws {@link FileRefused} where the file as a whole cannot be taken.
 */
export async function stageRows(ctx: CatalogContext, job: Pick<ImportRow, '_id' | 'format'>, body: AsyncIterable<Uint8Array>): Promise<Staged> {
  const uploadId = newId('imp', ctx.clock.now());
  try {
    return await stage(ctx, job, uploadId, body);
  } catch (error) {
    await forgetUpload(ctx, uploadId);
    throw error;
  }
}

/** Removes the rows of an upload that counts no more. */
export async function forgetUpload(ctx: CatalogContext, uploadId: string): Promise<void> {
  for (let number = 0; ; number += 1) {
    const isGone = await ctx.transaction((tx) => tx.db.collection(importChunks).remove(chunkId(uploadId, number)));
    if (!isGone) return;
  }
}

async function stage(ctx: CatalogContext, job: Pick<ImportRow, '_id' | 'format'>, uploadId: string, body: AsyncIterable<Uint8Array>): Promise<Staged> {
  const isCsv = job.format === ImportFormat.CSV;
  let header: Header | undefined;
  const between = (): readonly string[] => (header?.delimiter === undefined ? delimiters : [header.delimiter]);
  const records = splitRecords(withoutMark(body), { recordBytesMax: rowBytesMax, ...(isCsv && { delimiters: between }) });
  if (isCsv) header = readHeader((await records.next()).value ?? undefined);
  const names = new Set<string>();
  let [rows, chunks, bytes] = [0, 0, 0];
  let waiting: StagedRow[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const chunk = { _id: chunkId(uploadId, chunks), importId: job._id, uploadId, rows: waiting, run: 0, results: [], hasFailed: false, forgetAt: new Date(ctx.clock.now().getTime() + importDays * 86_400_000) };
    await ctx.transaction((tx) => tx.db.collection(importChunks).insert(chunk));
    [waiting, bytes, chunks] = [[], 0, chunks + 1];
  };
  for await (const record of records) {
    rows += 1;
    if (rows > importRowsMax) throw new FileRefused(`It has more than ${importRowsMax} rows.`);
    const row = stagedRow(rows, record);
    if (!isCsv && rows <= rowsLookedAtForColumns) noteNames(names, row);
    waiting.push(row);
    bytes += Buffer.byteLength(row.raw);
    if (waiting.length >= chunkRowsMax || bytes >= chunkBytesMax) await flush();
  }
  if (rows === 0) throw new FileRefused('It has no rows.');
  await flush();
  return { uploadId, rows, chunks, ...(header ?? { columns: [...names] }) };
}

function stagedRow(number: number, record: RecordBytes): StagedRow {
  if (record === undefined) return { number, raw: '', refused: `It is longer than ${rowBytesMax} bytes.` };
  const read = textOfRecord(record);
  return 'text' in read ? { number, raw: read.text } : { number, raw: '', refused: read.refused };
}

/** Rows that cannot be read name no columns; they are told when it runs. */
function noteNames(names: Set<string>, { raw, refused }: StagedRow): void {
  const read = refused === undefined ? jsonRow(raw) : { refused };
  if (!('cells' in read)) return;
  for (const name of read.cells.keys()) if (names.size < columnsMax && name.length <= columnCharactersMax) names.add(name);
}
