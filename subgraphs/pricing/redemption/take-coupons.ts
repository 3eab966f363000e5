import type { PricingTx } from '../context.js';
import { counterKey } from './subjects.js';
import type { Refused, Taking } from './redeem.js';
import { count } from './use-counter.js';

/** A coupon that was taken, as its event says it. */
export interface TakenCoupon {
  readonly couponId: string;
  readonly promotionId: string;
  readonly used: number;
  readonly version: number;
}

interface CouponRow {
  id: string;
  promotion_id: string;
  used: number;
  version: number;
  uses_per_buyer_max: number | null;
  uses_per_day_max: number | null;
  is_for_first_order: boolean;
}

/** Coupons that were taken, and the code of one that is for first orders alone. */
export interface TakenCoupons {
  readonly taken: readonly TakenCoupon[];
  readonly firstOrderCode: string | undefined;
}

/** Takes one use of each coupon, in the order of their ids, so that two orders never wait for each other in a circle. */
export async function takeCoupons(tx: PricingTx, taking: Taking): Promise<Refused | TakenCoupons> {
  const taken: TakenCoupon[] = [];
  let firstOrderCode: string | undefined;
  for (const { couponId, code } of [...taking.wish.redemptions].sort((a, b) => (a.couponId < b.couponId ? -1 : 1))) {
    const row = await takeOne(tx, couponId, taking);
    const reason = row ? await countUses(tx, row, taking) : await whyNot(tx, couponId, taking.now);
    if (!row || reason) return { couponCode: code, offerId: null, reason: reason ?? 'USED_UP' };
    taken.push({ couponId, promotionId: row.promotion_id, used: row.used, version: row.version });
    if (row.is_for_first_order) firstOrderCode ??= code;
  }
  return { taken, firstOrderCode };
}

/** One statement takes it and holds its limit, however many do so at once. Its time is not looked at again for an order paid late. */
async function takeOne(tx: PricingTx, couponId: string, { wish, now }: Taking): Promise<CouponRow | undefined> {
  const rows: CouponRow[] = await tx.db.query(
    `with taken as (update coupon set used = used + 1, version = version + 1, updated_at = now()
       where id = $1 and (uses_max is null or used < uses_max)
         and ($3 or (not is_ended and (starts_at is null or starts_at <= $2) and (ends_at is null or ends_at > $2)
           and exists (select from promotion p where p.tenant_id = coupon.tenant_id and p.id = coupon.promotion_id and p.state <> 'ENDED' and (p.ends_at is null or p.ends_at > $2))))
       returning id, promotion_id, used, version, uses_per_buyer_max, uses_per_day_max, is_for_first_order)
     select * from taken`, [couponId, now, wish.again ?? false]);
  return rows[0];
}

async function countUses(tx: PricingTx, coupon: CouponRow, { subjects, day }: Taking): Promise<Refused['reason'] | undefined> {
  for (const subject of subjects) if (!(await count(tx, counterKey(coupon.id, subject), { holderId: coupon.id, subject, max: coupon.uses_per_buyer_max, step: 1 }))) return 'CUSTOMER_LIMIT';
  return (await count(tx, counterKey(coupon.id, day), { holderId: coupon.id, subject: day, max: coupon.uses_per_day_max, step: 1 })) ? undefined : 'DAILY_LIMIT';
}

async function whyNot(tx: PricingTx, couponId: string, now: Date): Promise<Refused['reason']> {
  const [row]: { is_used_up: boolean; is_early: boolean }[] = await tx.db.query(
    'select coalesce(used >= uses_max, false) as is_used_up, coalesce(starts_at > $2, false) as is_early from coupon where id = $1', [couponId, now]);
  if (!row) return 'UNKNOWN';
  return row.is_used_up ? 'USED_UP' : row.is_early ? 'NOT_STARTED' : 'EXPIRED';
}
