import { importFinished, importProgressed, type ImportState } from '@haat/schema/events/catalog';
import type { CatalogTx } from '../context.js';
import { imports, ImportStatus, type ImportRow } from './import-job.row.js';

/** An import about to be written. */
export type NewImportRow = Omit<ImportRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>;

/** What an event says of an import. */
export function importStateOf({ _id, vendorId, status, isDryRun, rows, done, failed }: NewImportRow): ImportState {
  return { importId: _id, vendorId, state: status, isDryRun, rows, done, failed };
}

/** Whether nothing more comes of an import. */
export function isOver(status: ImportStatus): boolean {
  return status === ImportStatus.COMPLETED || status === ImportStatus.FAILED || status === ImportStatus.CANCELLED;
}

/** Says how far an import is, and at its end that it is over. */
export async function sayImport(tx: CatalogTx, row: NewImportRow, version: number): Promise<void> {
  const event = { aggregate: { id: row._id, version }, payload: importStateOf(row) };
  await tx.emit(importProgressed, event);
  if (isOver(row.status)) await tx.emit(importFinished, event);
}

/** Changes an import and says so; what is decided undefined stays, unsaid. */
export async function changeImport(tx: CatalogTx, importId: string, decide: (current: ImportRow) => ImportRow | undefined): Promise<ImportRow | undefined> {
  const written = await tx.db.collection(imports).change(importId, async (current) => {
    const next = decide(current);
    if (next) await sayImport(tx, next, current.version + 1);
    return next;
  });
  return 'document' in written ? written.document : undefined;
}
