import { cartAbandoned } from '@haat/schema/events/carts';
import type { Job, JobScope } from '@haat/kit/define';
import type { CartsContext } from '../context.js';
import { CartRow } from './cart.row.js';
import { sayChanged } from './save-cart.js';

/** Carts that one run looks at. */
const cartsMax = 500;

/** Says once of each cart with goods and a contact that it was left alone. */
export const abandonCarts: Job = {
  name: 'abandon-carts', everyMs: 60_000,
  run: (scope) => eachDue(scope, 'abandons_at', async (ctx, id, now) => ctx.transaction(async (tx) => {
    const row = await tx.db.findOne(CartRow, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
    if (!row?.abandonsAt || row.abandonsAt > now) return;
    await tx.db.save(Object.assign(row, { abandonsAt: null, version: row.version + 1 }));
    if (row.state !== 'OPEN') return;
    const { userId, guestKey, state, lines, couponCodes, expiresAt } = row;
    await tx.emit(cartAbandoned, {
      aggregate: { id, version: row.version },
      payload: { cartId: id, buyer: { userId, guestKey }, state, couponCodes: [...couponCodes], expiresAt: expiresAt.toISOString(), lines: lines.map((line) => ({ lineId: line.id, offerId: line.offerId, vendorId: line.vendorId, quantity: line.quantity })) },
    });
  })),
};

/** Gives up carts whose time is over, and forgets whose they were to be sent to. */
export const expireCarts: Job = {
  name: 'expire-carts', everyMs: 60_000,
  run: (scope) => eachDue(scope, 'gives_up_at', async (ctx, id, now) => ctx.transaction(async (tx) => {
    const row = await tx.db.findOne(CartRow, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
    if (!row || row.expiresAt > now || !['OPEN', 'FROZEN'].includes(row.state)) return;
    await tx.db.save(Object.assign(row, { state: 'EXPIRED', contact: null, shippingAddress: null, billingAddress: null, note: null, abandonsAt: null, version: row.version + 1 }));
    await sayChanged(tx, row);
  })),
};

async function eachDue(scope: JobScope, column: 'abandons_at' | 'gives_up_at', work: (ctx: CartsContext, id: string, now: Date) => Promise<void>): Promise<void> {
  const now = scope.clock.now();
  const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from cart where ${column} <= $1 order by ${column} limit ${cartsMax}`, [now]);
  for (const { tenant_id, id } of due) {
    if (scope.signal.aborted) return;
    await scope.inTenant(tenant_id, (ctx) => work(ctx as never, id, now));
  }
}
