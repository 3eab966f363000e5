import type { EventEnvelope } from '@haat/schema/event';
import { orderCancelled, orderConfirmed, orderExpired, orderPlaced, type OrderState } from '@haat/schema/events/orders';
import { defineConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';
import { subjectsOf } from './subjects.js';
import { unredeem } from './unredeem.js';

/** Keeps that a buyer ordered, for what is given at a first or a tenth order. An event that is late changes nothing. */
async function keep(tx: PricingTx, { payload, aggregate }: EventEnvelope<OrderState>, counts: boolean): Promise<void> {
  await tx.db.query(
    `insert into buyer_order (id, version, subjects, counts) values ($1, $2, $3, $4)
     on conflict (tenant_id, id) do update set version = excluded.version, subjects = case when buyer_order.is_erased then buyer_order.subjects else excluded.subjects end, counts = excluded.counts, updated_at = now() where buyer_order.version < excluded.version`,
    [payload.orderId, aggregate.version, subjectsOf(payload.buyer, payload), counts]);
}

/** What was taken first, as who takes locks it first. */
async function giveBack(tx: PricingTx, event: EventEnvelope<OrderState>): Promise<void> {
  await unredeem(tx, event.payload.orderId);
  await keep(tx, event, false);
}

/** An order counts for its buyer from when it is placed: whoever waits with paying has no second first order. */
export const onOrderPlaced = defineConsumer('on-order-placed', orderPlaced, (tx: PricingTx, event) => keep(tx, event, true));
/** An order that was paid counts, also where it had expired before. */
export const onOrderConfirmed = defineConsumer('on-order-confirmed', orderConfirmed, (tx: PricingTx, event) => keep(tx, event, true));
/** A cancelled order gives back what it took. */
export const onOrderCancelled = defineConsumer('on-order-cancelled', orderCancelled, giveBack);
/**
 * An order that nobody paid gives back what it took. One that was paid late may have asked to take it anew before this event came: then it
 * keeps it.
 */
export const onOrderExpired = defineConsumer('on-order-expired', orderExpired, async (tx: PricingTx, event) => {
  const kept: unknown[] = await tx.db.query('select from redemption where id = $1 and is_again for update', [event.payload.orderId]);
  if (kept.length === 0) await giveBack(tx, event);
});
