import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { maySell } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { importToManage } from './find-imports.js';
import { ImportStatus } from './import-job.row.js';
import { ImportJob } from './import-job.type.js';
import { ImportStatusRefused } from './import-problems.js';
import { changeImport, isOver } from './import-state.js';

/** How it is run. */
@InputType({ description: 'Which import is run, and whether it is only tried.' })
export class RunImportInput {
  @Field(() => ID, { description: 'The import to be run; begins with imp_.' }) importId: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Only tries every row: nothing is written, and it may be run afterwards.' }) dryRun: boolean;
  @Field(() => Boolean, { defaultValue: false, description: 'Shows every product to shoppers that has all it needs; a row with a status decides by itself.' }) publishes: boolean;
}

/** The import, or why it stays as it was. */
export const RunImportResult = resultOf('RunImportResult', 'The import, under way now, or why it was left.', [ImportJob, ImportStatusRefused]);

const runRules = z.object({ importId: idText, dryRun: z.boolean(), publishes: z.boolean() });
const runnable: ReadonlySet<ImportStatus> = new Set([ImportStatus.MAPPED, ImportStatus.CHECKED, ImportStatus.FAILED]);

/** Has an import run by the job of that name, from its first row. What an earlier run wrote is found again, not written twice. */
export async function runImport(tx: CatalogTx, input: RunImportInput): Promise<ImportJob | ImportStatusRefused> {
  const { importId, dryRun: isDryRun, publishes } = parsed(runRules, input);
  const standing = await importToManage(tx, importId);
  if (!standing) throw notFound('import');
  const isSelling = await maySell(tx, standing.vendorId);
  const now = tx.clock.now();
  let refused: ImportStatusRefused | undefined;
  const kept = await changeImport(tx, importId, (current) => {
    refused = runnable.has(current.status) ? undefined : ImportStatusRefused.of(current.status);
    if (refused) return undefined;
    const begun = { run: current.run + 1, nextChunk: 0, done: 0, failed: 0, created: 0, changed: 0, tries: 0, problem: undefined, startedAt: now, finishedAt: undefined, runAt: now };
    return { ...current, ...begun, isDryRun, publishes, maySell: isSelling, productsMax: tx.tenant.limits['products'], status: isDryRun ? ImportStatus.CHECKING : ImportStatus.RUNNING };
  });
  if (!kept) throw notFound('import');
  return refused ?? ImportJob.of(kept);
}

/** What is ended. */
@InputType({ description: 'Which import is to be ended.' })
export class CancelImportInput {
  @Field(() => ID, { description: 'The import to be ended; begins with imp_.' }) importId: string;
}

/** The import, or why it stays as it was. */
export const CancelImportResult = resultOf('CancelImportResult', 'The import, ended now, or that it was over before.', [ImportJob, ImportStatusRefused]);

const cancelRules = z.object({ importId: idText });

/** Ends an import after the chunk it is at. What was written stays. */
export async function cancelImport(tx: CatalogTx, input: CancelImportInput): Promise<ImportJob | ImportStatusRefused> {
  const { importId } = parsed(cancelRules, input);
  if (!(await importToManage(tx, importId))) throw notFound('import');
  let refused: ImportStatusRefused | undefined;
  const kept = await changeImport(tx, importId, (current) => {
    refused = isOver(current.status) ? ImportStatusRefused.of(current.status) : undefined;
    return refused ? undefined : { ...current, status: ImportStatus.CANCELLED, runAt: undefined, finishedAt: tx.clock.now() };
  });
  if (!kept) throw notFound('import');
  return refused ?? ImportJob.of(kept);
}
