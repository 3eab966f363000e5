import { orderCancelled, orderConfirmed, orderExpired, orderPlaced, type OrderState } from '@haat/schema/events/orders';
import type { EventEnvelope } from '@haat/schema/event';
import { defineConsumer } from '@haat/kit/define';
import { CartRow } from '../cart/cart.row.js';
import { sayChanged, timesOf } from '../cart/save-cart.js';
import type { CartsTx } from '../context.js';

type Event = EventEnvelope<Pick<OrderState, 'orderId' | 'cartId'>>;

/** The cart became an order. */
export const onOrderPlaced = defineConsumer('on-order-placed', orderPlaced, (tx: CartsTx, event) => close(tx, event));

/** Paid, though late: a cart that was given back and not touched since is closed again, so that nobody buys twice. */
export const onOrderConfirmed = defineConsumer('on-order-confirmed', orderConfirmed, (tx: CartsTx, event) => close(tx, event));

/** The order died: the buyer goes on with the cart, unless they began another one. */
const giveBack = async (tx: CartsTx, event: Event): Promise<void> => {
  const row = await cartOf(tx, event);
  if (row?.state !== 'ORDERED' || (await hasAnother(tx, row))) return;
  const now = tx.clock.now();
  await save(tx, row, { state: 'OPEN', frozenUntil: null, touchedAt: now, ...timesOf(row, now, tx.config), abandonsAt: null });
};

/** Gives the cart back of an order that was cancelled. */
export const onOrderCancelled = defineConsumer('on-order-cancelled', orderCancelled, giveBack);
/** Gives the cart back of an order that nobody paid. */
export const onOrderExpired = defineConsumer('on-order-expired', orderExpired, giveBack);

async function close(tx: CartsTx, event: Event): Promise<void> {
  const row = await cartOf(tx, event);
  if (row?.state === 'FROZEN' || row?.state === 'OPEN') await save(tx, row, { state: 'ORDERED', frozenUntil: null, abandonsAt: null });
}

/** A cart that another order took since is none of this order's. */
async function cartOf(tx: CartsTx, { payload: { cartId, orderId } }: Event): Promise<CartRow | null> {
  const row = await tx.db.findOne(CartRow, { where: { tenantId: tx.tenant.id, id: cartId }, lock: { mode: 'pessimistic_write' } });
  return row?.orderId === orderId ? row : null;
}

async function hasAnother(tx: CartsTx, { id, userId }: CartRow): Promise<boolean> {
  if (userId === null) return false;
  return tx.db.createQueryBuilder(CartRow, 'c').where(`c.user_id = :userId and c.id <> :id and c.state in ('OPEN', 'FROZEN')`, { userId, id }).getExists();
}

async function save(tx: CartsTx, row: CartRow, changes: Partial<CartRow>): Promise<void> {
  await tx.db.save(Object.assign(row, changes, { version: row.version + 1 }));
  await sayChanged(tx, row);
}
