import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { among, isNotSet } from '@haat/kit-mongo/mongo-where';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkMayManage, maySell } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { TooMany } from '../too-many.js';
import { imports, ImportFormat, ImportStatus } from './import-job.row.js';
import { ImportJob } from './import-job.type.js';
import { sayImport, type NewImportRow } from './import-state.js';

/** Imports of one vendor, or of the operators, that are not over: each may hold a whole file. */
export const openImportsMax = 20;

/** What is imported for whom. */
@InputType({ description: 'What kind of file is imported, and whose products it makes.' })
export class StartImportInput {
  @Field(() => ID, { nullable: true, description: 'The vendor whose products it makes; only operators may leave it out.' }) vendorId?: string | null;
  @Field(() => ImportFormat, { description: 'What kind of file will be uploaded.' }) format: ImportFormat;
}

/** The import, or that there are too many. */
export const StartImportResult = resultOf('StartImportResult', 'The new import, or that there are too many.', [ImportJob, TooMany]);

const rules = z.object({ vendorId: idText.nullish(), format: z.enum(ImportFormat) });

/** Begins an import, which then waits for its file. */
export async function startImport(tx: CatalogTx, input: StartImportInput): Promise<ImportJob | TooMany> {
  const { vendorId, format } = parsed(rules, input);
  checkMayManage(tx.viewer, vendorId ?? undefined);
  const open = among([ImportStatus.PENDING, ImportStatus.MAPPING, ImportStatus.MAPPED, ImportStatus.CHECKING, ImportStatus.CHECKED, ImportStatus.RUNNING]);
  const standing = await tx.db.collection(imports).count({ status: open, vendorId: vendorId ?? isNotSet() }, openImportsMax);
  if (standing >= openImportsMax) return TooMany.of('imports that are not over', openImportsMax, vendorId ? 'A vendor' : undefined);
  const row: NewImportRow = {
    _id: newId('imp', tx.clock.now()), format, status: ImportStatus.PENDING, locales: [...tx.tenant.locales], columns: [], mapping: [], chunks: 0, isDryRun: false, publishes: false,
    maySell: await maySell(tx, vendorId ?? undefined), run: 0, nextChunk: 0, done: 0, failed: 0, created: 0, changed: 0, tries: 0, ...(vendorId && { vendorId }),
  };
  const inserted = await tx.db.collection(imports).insert(row, { saying: () => sayImport(tx, row, 1) });
  if (!('document' in inserted)) throw new Error(`The import ${row._id} exists already.`);
  return ImportJob.of(inserted.document);
}
