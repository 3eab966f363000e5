import type { PricingTx } from '../context.js';
import type { Condition } from '../engine/condition.js';
import { isNumber } from '../engine/conditions/nth-order.js';
import { ordersBefore } from './orders-before.js';
import type { Refused, Taking } from './redeem.js';
import { subjectsOf } from './subjects.js';

/**
 * Takes the number that an order is of its buyer's, where something is given by it: by a coupon for first orders, or by promotions. Orders of one buyer do so
 * one after the other, and each is known to the next before its events are: of two that are placed at once, one is the first.
 */
export async function takeNumber(tx: PricingTx, { wish, wish: { orderId, redemptions, byNumber = [] } }: Taking, firstOrderCode: string | undefined): Promise<Refused | undefined> {
  if (byNumber.length === 0 && firstOrderCode === undefined) return undefined;
  // As the events of orders name their buyers, which know no telephone number.
  const subjects = subjectsOf(wish.buyer, { emailHash: wish.emailHash });
  await inTurn(tx, subjects);
  const nth = (await ordersBefore(tx, subjects, orderId)) + 1;
  const missed = await missedBy(tx, byNumber, nth);
  const code = firstOrderCode !== undefined && nth > 1 ? firstOrderCode : redemptions.find(({ promotionId }) => promotionId === missed)?.code;
  if (code !== undefined || missed !== undefined) return { couponCode: code ?? null, offerId: null, reason: 'NOT_ELIGIBLE' };
  await tx.db.query('insert into buyer_order (id, version, subjects, counts) values ($1, 0, $2, true) on conflict (tenant_id, id) do update set counts = true, updated_at = now()', [orderId, subjects]);
  return undefined;
}

/** Gives the number of an order back that was never placed; of those that were, their events say whether they count. */
export async function giveNumberBack(tx: PricingTx, orderId: string): Promise<void> {
  await tx.db.query('delete from buyer_order where id = $1 and version = 0', [orderId]);
}

/** In the order of the names, so that nobody waits in a circle. */
async function inTurn(tx: PricingTx, subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:orders of ${subject}`]);
}

/** The first of promotions that are not for an order of this number. */
async function missedBy(tx: PricingTx, promotionIds: readonly string[], nth: number): Promise<string | undefined> {
  if (promotionIds.length === 0) return undefined;
  const rows: { id: string; conditions: Condition[] }[] = await tx.db.query('select id, conditions from promotion where id = any($1) order by id', [promotionIds]);
  return rows.find(({ conditions }) => conditions.some((one) => one.kind === 'NTH_ORDER' && !isNumber(one, nth)))?.id;
}
