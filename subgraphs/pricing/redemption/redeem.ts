import { couponRedeemed } from '@haat/schema/events/pricing';
import type { pricingRedeem } from '@haat/schema/asks/pricing';
import type { z } from 'zod';
import type { PricingTx } from '../context.js';
import { undoneUnless } from '@haat/kit-postgres/undone-unless';
import { dayOf, subjectsOf } from './subjects.js';
import { takeBudgets } from './take-budgets.js';
import { takeCoupons, type TakenCoupon } from './take-coupons.js';
import { takeNumber } from './take-number.js';
import { takePieces } from './take-pieces.js';

/** What an order wants to take. */
export type RedeemWish = z.infer<typeof pricingRedeem.input>;
/** What came of it. */
export type Redeemed = z.infer<typeof pricingRedeem.output>;

/** Under which names an order's uses are counted, and when. */
export interface Taking {
  readonly wish: RedeemWish;
  readonly subjects: readonly string[];
  readonly day: string;
  readonly now: Date;
}

/** What stopped the taking: all that was taken before it is undone. */
export interface Refused {
  readonly couponCode: string | null;
  readonly offerId: string | null;
  readonly reason: Extract<Redeemed, { outcome: 'REJECTED' }>['reason'];
}

/**
 * Takes an order's coupons, flash-sale pieces, budgets and number, all or none, once per order. Its row goes in first, so that two requests for one
 * order wait for each other; what was given back is taken anew only where `again` is said.
 */
export async function redeem(tx: PricingTx, wish: RedeemWish): Promise<Redeemed> {
  const now = tx.clock.now();
  const taking: Taking = { wish, subjects: subjectsOf(wish.buyer, wish), day: dayOf(now, tx.tenant.timeZone), now };
  const before = await begin(tx, taking);
  if (wish.again) await tx.db.query('update redemption set is_again = true where id = $1', [wish.orderId]);
  if (before === 'TAKEN') return { outcome: 'REDEEMED' };
  if (before === 'GIVEN_BACK' && !wish.again) return rejected({ couponCode: wish.redemptions[0]?.code ?? null, offerId: wish.quotas[0]?.offerId ?? null, reason: 'EXPIRED' });
  const outcome = await undoneUnless(tx, (refused) => refused === undefined, () => takeAll(tx, taking));
  if (!outcome) return { outcome: 'REDEEMED' };
  await tx.db.query(before === 'GIVEN_BACK' ? `update redemption set state = 'GIVEN_BACK', is_again = false where id = $1` : 'delete from redemption where id = $1', [wish.orderId]);
  return rejected(outcome);
}

/** What the order's row said before; from now on it says TAKEN. */
async function begin(tx: PricingTx, { wish, subjects, day }: Taking): Promise<'NEW' | 'TAKEN' | 'GIVEN_BACK'> {
  const taken = JSON.stringify({ redemptions: wish.redemptions, quotas: wish.quotas, budgets: wish.budgets });
  const made: unknown[] = await tx.db.query(
    `insert into redemption (id, state, subjects, day, taken) values ($1, 'TAKEN', $2, $3, $4) on conflict do nothing returning id`, [wish.orderId, subjects, day, taken]);
  if (made.length > 0) return 'NEW';
  const [row]: { state: 'TAKEN' | 'GIVEN_BACK' }[] = await tx.db.query('select state from redemption where id = $1 for update', [wish.orderId]);
  if (row?.state !== 'GIVEN_BACK') return 'TAKEN';
  if (wish.again) await tx.db.query(`update redemption set state = 'TAKEN', subjects = $2, day = $3, taken = $4, version = version + 1, updated_at = now() where id = $1`, [wish.orderId, subjects, day, taken]);
  return 'GIVEN_BACK';
}

async function takeAll(tx: PricingTx, taking: Taking): Promise<Refused | undefined> {
  const coupons = await takeCoupons(tx, taking);
  if ('reason' in coupons) return coupons;
  const refused = (await takeNumber(tx, taking, coupons.firstOrderCode)) ?? (await takePieces(tx, taking)) ?? (await takeBudgets(tx, taking));
  if (!refused) await say(tx, taking.wish.orderId, coupons.taken);
  return refused;
}

async function say(tx: PricingTx, orderId: string, coupons: readonly TakenCoupon[]): Promise<void> {
  for (const { couponId, promotionId, used, version } of coupons) {
    await tx.emit(couponRedeemed, { aggregate: { id: couponId, version }, payload: { couponId, promotionId, orderId, state: 'REDEEMED', used } });
  }
}

function rejected(refused: Refused): Redeemed {
  return { outcome: 'REJECTED', ...refused };
}
