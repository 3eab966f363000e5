import { cartThaw } from '@haat/schema/asks/carts';
import { inventoryRelease } from '@haat/schema/asks/inventory';
import { pricingUnredeem } from '@haat/schema/asks/pricing';
import { invariant } from '@haat/kit/invariant';
import type { OrdersContext, OrdersTx } from '../context.js';
import { undoSteps, type UndoStep } from './checkout-steps.js';
import { CheckoutRow } from './checkout.row.js';

/**
 * Ends a checkout of which nothing came: from now on nobody writes an order of it, then coupons, stock and cart are given
 * back in that order, and last the outcome is kept. Each step may come again; what was never taken is nothing to give back.
 */
export async function endCheckout(ctx: Pick<OrdersContext, 'ask' | 'transaction'>, { id, orderId, cartId }: CheckoutRow, outcome: Readonly<Record<string, unknown>> | null): Promise<void> {
  const isOurs = await ctx.transaction((tx) => fence(tx, id, outcome));
  if (!isOurs) return;
  const undo: Readonly<Record<UndoStep, () => Promise<unknown>>> = {
    unredeem: () => ctx.ask(pricingUnredeem, { orderId }), release: () => ctx.ask(inventoryRelease, { orderId }), thaw: () => ctx.ask(cartThaw, { cartId, orderId }),
  };
  for (const step of undoSteps) await undo[step]();
  await ctx.transaction(async (tx) => {
    const row = await locked(tx, id);
    if (row.state === 'UNDOING') await tx.db.save(Object.assign(row, { state: 'ENDED', version: row.version + 1 }));
  });
}

/** Whether there is something to undo: an order that was written meanwhile stands. */
async function fence(tx: OrdersTx, id: string, outcome: Readonly<Record<string, unknown>> | null): Promise<boolean> {
  const row = await locked(tx, id);
  if (row.state === 'PLACED' || row.state === 'ENDED') return false;
  await tx.db.save(Object.assign(row, { state: 'UNDOING', outcome: row.outcome ?? outcome, version: row.version + 1 }));
  return true;
}

async function locked(tx: OrdersTx, id: string): Promise<CheckoutRow> {
  const row = await tx.db.findOne(CheckoutRow, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
  invariant(row, 'A checkout went away while it was under way.');
  return row;
}
