import type { Job } from '@haat/kit/define';
import type { CatalogContext, CatalogTx } from '../context.js';
import { chunkId, importChunks, imports, ImportRowStatus, ImportStatus, type ChunkRow, type ImportRow } from './import-job.row.js';
import { chunkTriesMax } from './import-limits.js';
import { changeImport } from './import-state.js';
import { writeChunk } from './write-chunk.js';

/** How often it is looked, in milliseconds. */
const lookEveryMs = 500;
/** Imports that take turns, chunk by chunk. */
const importsMax = 100;
/** How long a chunk that failed waits before its next try, in milliseconds, times the tries. */
const tryAgainMs = 2_000;

/** Runs imports, a chunk of each in turn, so that a large one holds up no other. A run that was cut off goes on at its chunk. */
export const runImports: Job = {
  name: 'run-imports',
  everyMs: lookEveryMs,
  async run({ clock, log, signal, sweepDue, inTenant }) {
    for (;;) {
      const due = (await sweepDue?.(imports, 'runAt', clock.now(), importsMax)) ?? [];
      if (due.length === 0) return;
      for (const { tenantId, _id } of due) {
        if (signal.aborted) return;
        await inTenant(tenantId, (ctx) => goOn(ctx as CatalogContext, _id)).catch(async (error: unknown) => {
          log.error({ err: error, tenant: tenantId, import: _id }, 'A chunk of an import was not written.');
          await inTenant(tenantId, (ctx) => noteFailure(ctx as CatalogContext, _id));
        });
      }
    }
  },
};

/** One chunk: first its rows and what became of them, then how far the import is. Cut off in between, the chunk is found done. */
async function goOn(ctx: CatalogContext, importId: string): Promise<void> {
  const job = await ctx.db.collection(imports).findById(importId);
  if (!job?.runAt || job.uploadId === undefined) return;
  if (job.nextChunk >= job.chunks) return void (await ctx.transaction((tx) => changeImport(tx, importId, (current) => (current.run === job.run && current.runAt ? over(current, tx) : undefined))));
  const chunk = await ctx.db.collection(importChunks).findById(chunkId(job.uploadId, job.nextChunk));
  if (!chunk) return fail(ctx, importId, 'Its rows were forgotten. Begin another import.');
  const done = chunk.run === job.run ? chunk : await ctx.transaction((tx) => writeChunk(inTermsOf(tx, job), job, chunk));
  await ctx.transaction((tx) => changeImport(tx, importId, (current) => {
    const isNext = current.run === job.run && current.nextChunk === job.nextChunk && current.runAt !== undefined;
    if (!isNext) return undefined;
    const next = { ...current, ...counted(current, done), nextChunk: current.nextChunk + 1, tries: 0 };
    return next.nextChunk === next.chunks ? over(next, tx) : next;
  }));
}

function counted({ done, failed, created, changed }: ImportRow, { results }: ChunkRow): Pick<ImportRow, 'done' | 'failed' | 'created' | 'changed'> {
  return {
    done: done + results.length,
    failed: failed + results.filter(({ status }) => status === ImportRowStatus.FAILED).length,
    created: created + results.filter(({ effect }) => effect === 'CREATED').length,
    changed: changed + results.filter(({ effect }) => effect === 'CHANGED').length,
  };
}

function over(current: ImportRow, tx: CatalogTx): ImportRow {
  return { ...current, status: current.isDryRun ? ImportStatus.CHECKED : ImportStatus.COMPLETED, runAt: undefined, finishedAt: tx.clock.now() };
}

/** The job's own tenant is bare: the languages are those that the marketplace had when the import began, the limit is the one of its run. */
function inTermsOf(tx: CatalogTx, { locales, productsMax }: ImportRow): CatalogTx {
  const limits = productsMax === undefined ? {} : { products: productsMax };
  return Object.create(tx, { tenant: { value: { ...tx.tenant, locales, limits } } }) as CatalogTx;
}

async function noteFailure(ctx: CatalogContext, importId: string): Promise<void> {
  await ctx.transaction((tx) => changeImport(tx, importId, (current) => {
    if (!current.runAt) return undefined;
    const tries = current.tries + 1;
    if (tries >= chunkTriesMax) return failedWith(current, tx, `Row ${firstRowOf(current)} and those after it could not be written. Run it again.`);
    return { ...current, tries, runAt: new Date(tx.clock.now().getTime() + tries * tryAgainMs) };
  }));
}

async function fail(ctx: CatalogContext, importId: string, problem: string): Promise<void> {
  await ctx.transaction((tx) => changeImport(tx, importId, (current) => (current.runAt ? failedWith(current, tx, problem) : undefined)));
}

function failedWith(current: ImportRow, tx: CatalogTx, problem: string): ImportRow {
  return { ...current, status: ImportStatus.FAILED, problem, runAt: undefined, finishedAt: tx.clock.now() };
}

function firstRowOf({ done }: ImportRow): number {
  return done + 1;
}
