import type { PricingContext } from '../context.js';
import { normalCode } from '../engine/coupon-code.js';
import type { CouponState, KnownCoupon } from '../engine/coupon-state.js';
import { countedUnder, dayOf } from '../redemption/subjects.js';
import { couponTries } from './coupon-tries.js';

interface CouponRow {
  id: string;
  code: string;
  promotion_id: string;
  starts_at: Date | null;
  ends_at: Date | null;
  is_ended: boolean;
  uses_max: number | null;
  used: number;
  uses_per_buyer_max: number | null;
  uses_per_day_max: number | null;
  is_for_first_order: boolean;
  user_ids: string[];
  email_hashes: string[];
  used_by_buyer: number;
  used_today: number;
}

/**
 * What is known of codes, in their order: two statements, none without codes. Whoever tried too many codes that nobody has learns
 * of no further one, so that guessing does not pay; codes that they had found before stay good.
 */
export async function couponStates(ctx: PricingContext, codes: readonly string[], subjects: readonly string[]): Promise<CouponState[]> {
  const wanted = [...new Set(codes.map(normalCode))];
  if (wanted.length === 0) return [];
  const known = new Map((await read(ctx, wanted, subjects)).map((row) => [row.code, row]));
  const isHidden = await couponTries(ctx, wanted.map((code) => ({ code, isKnown: known.has(code) })));
  return wanted.map((code) => {
    const row = known.get(code);
    if (isHidden(code)) return { kind: 'TOO_MANY_ATTEMPTS', code };
    return row ? stateOf(row) : { kind: 'UNKNOWN', code };
  });
}

function read(ctx: PricingContext, codes: readonly string[], subjects: readonly string[]): Promise<CouponRow[]> {
  return ctx.db.query(
    `select c.*,
       coalesce((select max(u.used) from use_counter u where u.tenant_id = c.tenant_id and u.id = any(array(select ${countedUnder('c.id', 's')} from unnest($2::text[]) as s))), 0) as used_by_buyer,
       coalesce((select u.used from use_counter u where u.tenant_id = c.tenant_id and u.id = ${countedUnder('c.id', '$3')}), 0) as used_today
     from coupon c where c.code = any($1)`,
    [codes, subjects, dayOf(ctx.clock.now(), ctx.tenant.timeZone)]);
}

function stateOf(row: CouponRow): KnownCoupon {
  return {
    kind: 'KNOWN', code: row.code, couponId: row.id, promotionId: row.promotion_id, from: row.starts_at, until: row.ends_at, isEnded: row.is_ended, usesMax: row.uses_max, used: row.used,
    usesPerBuyerMax: row.uses_per_buyer_max, usedByBuyer: row.used_by_buyer, usesPerDayMax: row.uses_per_day_max, usedToday: row.used_today,
    isForFirstOrder: row.is_for_first_order, userIds: row.user_ids, emailHashes: row.email_hashes,
  };
}
