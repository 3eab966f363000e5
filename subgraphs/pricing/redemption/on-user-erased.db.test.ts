import { pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { userErased } from '@haat/schema/events/identity';
import { orderExpired, orderPlaced, type OrderState } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import type { Buyer } from '@haat/schema/parts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig, someWord, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => { rig = await PricingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

interface Made { readonly couponId: string; readonly code: string; readonly promotionId: string }
interface Placed { readonly orderId: string; readonly buyer: Buyer; readonly emailHash: string; readonly phoneHash?: string }

async function coupon(market: Market): Promise<Made> {
  const { id: promotionId } = await rig.mutate(market.operator, 'createPromotion', { name: 'Ten off', class: 'ORDER', conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, '... on Promotion { id }');
  const made = await rig.mutate(market.operator, 'createCoupons', { promotionId, code: someWord('CODE'), usesPerBuyerMax: 1, isForFirstOrder: true }, '... on CreateCouponsSucceeded { coupons { id code } }');
  const [{ id: couponId, code }] = made['coupons'] as [{ id: string; code: string }];
  return { couponId, code, promotionId: String(promotionId) };
}

const stateOf = ({ orderId, buyer, emailHash }: Placed): OrderState => ({
  orderId, number: '1', cartId: newId('cart'), status: 'PENDING_PAYMENT', buyer, locale: 'en', currency: 'EUR', paymentChoice: 'STRIPE', couponCodes: [], emailHash, vendorOrders: [], sealedContact: '', placedAt: '2026-01-01T00:00:00.000Z',
  totals: { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 }, shipTo: { country: 'SE', region: null, city: null, district: null, postalCode: null },
});

/** An order that took a coupon, and that we heard of. */
async function place(market: Market, one: Made, who: Omit<Placed, 'orderId'>): Promise<Placed> {
  const placed = { orderId: newId('ord'), ...who };
  expect(await rig.subgraph.put(market.shopper, pricingRedeem, { ...placed, redemptions: [{ ...one, amountMinor: 100 }], quotas: [], budgets: [] })).toEqual({ outcome: 'REDEEMED' });
  await rig.subgraph.hear(orderPlaced, market.id, { aggregate: { id: placed.orderId, version: 1 }, payload: { ...stateOf(placed), savedPaymentMethodId: null, lines: [] } });
  return placed;
}

const kept = (market: Market) => rig.subgraph.query<{ of: string; subject: string; n: number }>(
  `select of, subject, count(*)::int as n from (select 'order' as of, unnest(subjects) as subject from pricing.buyer_order where tenant_id = $1
     union all select 'redemption', unnest(subjects) from pricing.redemption where tenant_id = $1 union all select 'counter', subject from pricing.use_counter where tenant_id = $1 and subject not like 'day:%') as all_of
   group by 1, 2 order by 1, 2`, [market.id]);

describe('a person who was erased', () => {
  it('is no longer known by an e-mail address or a telephone number, also by news of their orders that comes later; others still are [USER-04]', async () => {
    const market = rig.market();
    const one = await coupon(market);
    const [userId, other] = [newId('usr'), newId('usr')];
    const theirs = await place(market, one, { buyer: { userId, guestKey: null }, emailHash: 'a', phoneHash: 'p' });
    expect((await kept(market)).filter(({ subject }) => subject === 'phone:p')).toHaveLength(2);
    await place(market, one, { buyer: { userId: other, guestKey: null }, emailHash: 'b' });
    await rig.subgraph.hear(userErased, market.id, { aggregate: { id: userId, version: 2 }, payload: { userId } });
    const others = (of: string, n = 1) => [{ of, subject: 'email:b', n }, { of, subject: `user:${other}`, n }];
    const ofBoth = (of: string, n = 1) => [...others(of, n), { of, subject: `user:${userId}`, n }];
    const left = [...ofBoth('counter'), ...ofBoth('order'), ...ofBoth('redemption')];
    expect(await kept(market)).toEqual(expect.arrayContaining(left));
    expect(await kept(market)).toHaveLength(left.length);
    await rig.subgraph.hear(orderExpired, market.id, { aggregate: { id: theirs.orderId, version: 2 }, payload: stateOf(theirs) });
    expect((await kept(market)).filter(({ subject }) => subject === 'email:a' || subject === 'phone:p')).toEqual([]);
    expect(await rig.subgraph.put(market.shopper, pricingUnredeem, { orderId: theirs.orderId })).toEqual({ outcome: 'NOTHING' });
    await place(market, one, { buyer: { userId, guestKey: null }, emailHash: 'c' });
  });

  it('is forgotten in their own marketplace alone [USER-04, TEN-08]', async () => {
    const [market, other] = [rig.market(), rig.market()];
    const who = { buyer: { userId: newId('usr'), guestKey: null }, emailHash: 'a' };
    await place(market, await coupon(market), who);
    await rig.subgraph.hear(userErased, other.id, { aggregate: { id: who.buyer.userId, version: 2 }, payload: { userId: who.buyer.userId } });
    expect((await kept(market)).filter(({ subject }) => subject === 'email:a')).toHaveLength(3);
  });
});
