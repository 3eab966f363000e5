import { couponRedeemed } from '@haat/schema/events/pricing';
import type { PricingTx } from '../context.js';
import { budgetMoved, movedBudgetColumns, type MovedBudget } from './budget-moved.js';
import type { RedeemWish } from './redeem.js';
import { counterKey } from './subjects.js';
import { giveNumberBack } from './take-number.js';
import { uncount } from './use-counter.js';

interface RedemptionRow {
  subjects: string[];
  day: string;
  taken: Pick<RedeemWish, 'redemptions' | 'quotas' | 'budgets'>;
}

/**
 * Gives back what an order took, once. Where nothing was taken yet it is noted all the same, so that a request that was on its way takes
 * nothing any more.
 */
export async function unredeem(tx: PricingTx, orderId: string): Promise<'GIVEN_BACK' | 'NOTHING'> {
  const row = await close(tx, orderId);
  if (!row) return 'NOTHING';
  await giveCouponsBack(tx, orderId, row);
  await givePiecesBack(tx, row);
  await giveBudgetsBack(tx, row);
  await giveNumberBack(tx, orderId);
  return 'GIVEN_BACK';
}

async function close(tx: PricingTx, orderId: string): Promise<RedemptionRow | undefined> {
  await tx.db.query(`insert into redemption (id, state, subjects, day, taken) values ($1, 'GIVEN_BACK', '{}', '', '{}') on conflict do nothing`, [orderId]);
  const rows: RedemptionRow[] = await tx.db.query(
    `with closed as (update redemption set state = 'GIVEN_BACK', version = version + 1, updated_at = now() where id = $1 and state = 'TAKEN' returning subjects, day, taken) select * from closed`, [orderId]);
  return rows[0];
}

async function giveCouponsBack(tx: PricingTx, orderId: string, { subjects, day, taken }: RedemptionRow): Promise<void> {
  for (const { couponId, promotionId } of [...taken.redemptions].sort((a, b) => (a.couponId < b.couponId ? -1 : 1))) {
    const [row]: { used: number; version: number }[] = await tx.db.query(
      'with given as (update coupon set used = used - 1, version = version + 1, updated_at = now() where id = $1 and used > 0 returning used, version) select * from given', [couponId]);
    await uncount(tx, [...subjects, day].map((subject) => counterKey(couponId, subject)), 1);
    if (row) await tx.emit(couponRedeemed, { aggregate: { id: couponId, version: row.version }, payload: { couponId, promotionId, orderId, state: 'GIVEN_BACK', used: row.used } });
  }
}

async function givePiecesBack(tx: PricingTx, { subjects, taken }: RedemptionRow): Promise<void> {
  for (const { flashSaleId, offerId, quantity } of [...taken.quotas].sort((a, b) => (`${a.flashSaleId} ${a.offerId}` < `${b.flashSaleId} ${b.offerId}` ? -1 : 1))) {
    const [row]: { id: string }[] = await tx.db.query(
      `with given as (update flash_sale_offer set taken = taken - $3, version = version + 1, updated_at = now() where flash_sale_id = $1 and offer_id = $2 and taken >= $3 returning id) select * from given`,
      [flashSaleId, offerId, quantity]);
    if (!row) continue;
    await uncount(tx, subjects.map((subject) => counterKey(row.id, subject)), quantity);
    await tx.db.query('update offer_price set due_at = $2 where id = $1', [offerId, tx.clock.now()]);
  }
}

async function giveBudgetsBack(tx: PricingTx, { taken }: RedemptionRow): Promise<void> {
  for (const { promotionId, amountMinor } of [...taken.budgets].sort((a, b) => (a.promotionId < b.promotionId ? -1 : 1))) {
    const [row]: MovedBudget[] = await tx.db.query(
      `with given as (update promotion set spent_minor = spent_minor - $2, version = version + 1, updated_at = now() where id = $1 and spent_minor >= $2
         returning ${movedBudgetColumns}) select * from given`, [promotionId, amountMinor]);
    if (row) await budgetMoved(tx, row, -amountMinor);
  }
}
