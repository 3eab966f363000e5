import type { Job } from '@haat/kit/define';
import type { CatalogContext } from '../context.js';
import { products } from '../product/product.row.js';
import { exportPieces, pieceId, productExports, ProductExportStatus, type ProductExportRow } from './product-export.row.js';
import { rowsOf } from './product-rows.js';

/** How often it is looked, in milliseconds. */
const lookEveryMs = 1_000;
/** Exports that take turns, and products of a piece: with everything they have, these are a few megabytes at most. */
const exportsMax = 100;
const pieceProducts = 50;
/** How often a piece is tried, and how long it waits before the next try, in milliseconds, times the tries. */
const triesMax = 5;
const tryAgainMs = 2_000;

/** Writes exports, a piece of each in turn. One that was cut off goes on at its piece. */
export const writeExports: Job = {
  name: 'write-exports',
  everyMs: lookEveryMs,
  async run({ clock, log, signal, sweepDue, inTenant }) {
    for (;;) {
      const due = (await sweepDue?.(productExports, 'runAt', clock.now(), exportsMax)) ?? [];
      if (due.length === 0) return;
      for (const { tenantId, _id } of due) {
        if (signal.aborted) return;
        await inTenant(tenantId, (ctx) => goOn(ctx as CatalogContext, _id)).catch(async (error: unknown) => {
          log.error({ err: error, tenant: tenantId, export: _id }, 'A piece of an export was not written.');
          await inTenant(tenantId, (ctx) => noteFailure(ctx as CatalogContext, _id));
        });
      }
    }
  },
};

async function goOn(ctx: CatalogContext, id: string): Promise<void> {
  const job = await ctx.db.collection(productExports).findById(id);
  if (!job?.runAt) return;
  const { vendorId, productStatus, productType, after } = job;
  const where = { ...(vendorId && { offeredBy: vendorId }), ...(productStatus && { status: productStatus }), ...(productType && { typeKey: productType }) };
  const found = await ctx.db.collection(products).page(where, { after: after === undefined ? undefined : { value: after, id: after }, limit: pieceProducts });
  const rows = (await Promise.all(found.map((product) => rowsOf(ctx, product, vendorId)))).flat();
  const piece = { _id: pieceId(id, job.pieces), exportId: id, lines: rows.map((row) => JSON.stringify(row)).join('\n') };
  // A piece that a process left behind which died before it was counted is written over.
  if (rows.length > 0) await ctx.transaction((tx) => tx.db.collection(exportPieces).changeOrInsert(piece._id, () => ({ exportId: id, lines: piece.lines })));
  await ctx.transaction((tx) => tx.db.collection(productExports).change(id, (current) => {
    if (current.version !== job.version) return undefined;
    const columns = [...new Set([...current.columns, ...rows.flatMap((row) => Object.keys(row))])];
    const isOver = found.length < pieceProducts;
    return {
      ...current, columns, products: current.products + found.length, rows: current.rows + rows.length, pieces: current.pieces + (rows.length > 0 ? 1 : 0), tries: 0,
      after: found.at(-1)?._id ?? after, ...(isOver && { status: ProductExportStatus.READY, runAt: undefined }),
    };
  }));
}

async function noteFailure(ctx: CatalogContext, id: string): Promise<void> {
  await ctx.transaction((tx) => tx.db.collection(productExports).change(id, (current): ProductExportRow | undefined => {
    if (!current.runAt) return undefined;
    const tries = current.tries + 1;
    if (tries >= triesMax) return { ...current, tries, status: ProductExportStatus.FAILED, runAt: undefined };
    return { ...current, tries, runAt: new Date(tx.clock.now().getTime() + tries * tryAgainMs) };
  }));
}

/** Forgets exports once their time is over, their pieces first. */
export const forgetExports: Job = {
  name: 'forget-exports',
  everyMs: 10 * 60_000,
  async run({ clock, signal, sweepDue, inTenant }) {
    for (const { tenantId, _id } of (await sweepDue?.(productExports, 'expiresAt', clock.now(), exportsMax)) ?? []) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => forget(ctx as CatalogContext, _id));
    }
  },
};

async function forget(ctx: CatalogContext, id: string): Promise<void> {
  for (let number = 0; await ctx.transaction((tx) => tx.db.collection(exportPieces).remove(pieceId(id, number))); number += 1);
  await ctx.transaction((tx) => tx.db.collection(productExports).remove(id));
}
