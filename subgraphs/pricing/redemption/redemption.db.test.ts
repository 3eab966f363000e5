import { pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { orderCancelled, orderConfirmed, orderExpired, orderPlaced, type OrderState } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig, someWord, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => { rig = await PricingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

type Wish = z.infer<typeof pricingRedeem.input>;
interface Made { readonly couponId: string; readonly code: string; readonly promotionId: string }

const dayMs = 86_400_000;

async function promotion(market: Market, more: Record<string, unknown> = {}): Promise<string> {
  const made = await rig.mutate(market.operator, 'createPromotion', {
    name: 'Ten off', class: 'ORDER', conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }], ...more,
  }, '... on Promotion { id }');
  return String(made['id']);
}

async function coupon(market: Market, limits: Record<string, unknown> = {}, promotionId?: string): Promise<Made> {
  const of = promotionId ?? (await promotion(market));
  const made = await rig.mutate(market.operator, 'createCoupons', { promotionId: of, code: someWord('CODE'), ...limits }, '... on CreateCouponsSucceeded { coupons { id code } }');
  const [one] = made['coupons'] as [{ id: string; code: string }];
  return { couponId: one.id, code: one.code, promotionId: of };
}

const wishOf = (coupons: readonly Made[], more: Partial<Wish> = {}): Wish => ({
  orderId: newId('ord'), buyer: { userId: newId('usr'), guestKey: null }, emailHash: null, redemptions: coupons.map((one) => ({ ...one, amountMinor: 100 })), quotas: [], budgets: [], ...more,
});
const redeem = (asker: TestAsker, wish: Wish) => rig.subgraph.put(asker, pricingRedeem, wish);
const unredeem = (asker: TestAsker, { orderId }: Wish) => rig.subgraph.put(asker, pricingUnredeem, { orderId });
const used = async (market: Market, { code }: Made) => (await rig.read<{ coupons: { nodes: [{ used: number }] } }>(market.operator, `{ coupons(search: "${code}") { nodes { used } } }`)).coupons.nodes[0].used;

const orderOf = ({ orderId, buyer, emailHash }: Wish): OrderState => ({
  orderId, number: '1', cartId: newId('cart'), status: 'CONFIRMED', buyer, locale: 'en', currency: 'EUR', paymentChoice: 'STRIPE', couponCodes: [], emailHash, vendorOrders: [], sealedContact: '', placedAt: '2026-01-01T00:00:00.000Z',
  totals: { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 }, shipTo: { country: 'SE', region: null, city: null, district: null, postalCode: null },
});

const hearPlaced = (market: Market, wish: Wish) => rig.subgraph.hear(orderPlaced, market.id, {
  aggregate: { id: wish.orderId, version: 1 }, payload: { ...orderOf(wish), status: 'PENDING_PAYMENT', savedPaymentMethodId: null, lines: [] } });

describe('pricing.redeem', () => {
  it('lets exactly ten of a hundred at once have a coupon that ten may use [PRC-04]', async () => {
    const market = rig.market();
    const one = await coupon(market, { usesMax: 10 });
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => redeem(market.shopper, wishOf([one]))));
    expect(outcomes.filter(({ outcome }) => outcome === 'REDEEMED')).toHaveLength(10);
    expect(outcomes.find(({ outcome }) => outcome === 'REJECTED')).toEqual({ outcome: 'REJECTED', couponCode: one.code, offerId: null, reason: 'USED_UP' });
    expect(await used(market, one)).toBe(10);
    expect((await rig.said(market, 'coupon-redeemed')).map((payload) => payload['used'])).toEqual(Array.from({ length: 10 }, (_, at) => at + 1));
  });

  it('takes once per order, however often it is asked, and gives back once [PRC-04]', async () => {
    const market = rig.market();
    const one = await coupon(market, { usesMax: 5 });
    const wish = wishOf([one]);
    const outcomes = await Promise.all([redeem(market.shopper, wish), redeem(market.shopper, wish), redeem(market.shopper, wish)]);
    expect([...outcomes.map(({ outcome }) => outcome), await used(market, one)]).toEqual(['REDEEMED', 'REDEEMED', 'REDEEMED', 1]);
    expect([await unredeem(market.shopper, wish), await unredeem(market.shopper, wish), await used(market, one)]).toEqual([{ outcome: 'GIVEN_BACK' }, { outcome: 'NOTHING' }, 0]);
    expect(await rig.said(market, 'coupon-redeemed')).toMatchObject([{ state: 'REDEEMED', used: 1 }, { state: 'GIVEN_BACK', used: 0 }]);
  });

  it('takes nothing for an order that gave back, also before it took, unless it says again [PRC-04]', async () => {
    const market = rig.market();
    const one = await coupon(market, { until: new Date(rig.clock.now().getTime() + dayMs).toISOString() });
    const wish = wishOf([one]);
    expect(await unredeem(market.shopper, wish)).toEqual({ outcome: 'NOTHING' });
    expect(await redeem(market.shopper, wish)).toMatchObject({ outcome: 'REJECTED', couponCode: one.code });
    rig.clock.advance(2 * dayMs);
    expect(await redeem(market.shopper, wishOf([one]))).toMatchObject({ outcome: 'REJECTED', reason: 'EXPIRED' });
    expect([await redeem(market.shopper, { ...wish, again: true }), await used(market, one)]).toEqual([{ outcome: 'REDEEMED' }, 1]);
  });

  it('takes all or none', async () => {
    const market = rig.market();
    const [free, taken] = [await coupon(market), await coupon(market, { usesMax: 1 })];
    await redeem(market.shopper, wishOf([taken]));
    expect(await redeem(market.shopper, wishOf([free, taken]))).toMatchObject({ outcome: 'REJECTED', couponCode: taken.code, reason: 'USED_UP' });
    expect([await used(market, free), await used(market, taken)]).toEqual([0, 1]);
  });

  it('holds limits per customer, by account, e-mail and telephone number, and per day of the marketplace [PRC-04]', async () => {
    const market = rig.market({ timeZone: 'Asia/Dhaka' });
    rig.clock.set('2026-03-01T12:00:00Z');
    const [perBuyer, perDay] = [await coupon(market, { usesPerBuyerMax: 1 }), await coupon(market, { usesPerDayMax: 1 })];
    const buyer = { userId: newId('usr'), guestKey: null };
    expect(await redeem(market.shopper, wishOf([perBuyer], { buyer, emailHash: 'a' }))).toEqual({ outcome: 'REDEEMED' });
    expect(await redeem(market.shopper, wishOf([perBuyer], { buyer }))).toMatchObject({ reason: 'CUSTOMER_LIMIT' });
    expect(await redeem(market.shopper, wishOf([perBuyer], { buyer: { userId: null, guestKey: 'g' }, emailHash: 'a' }))).toMatchObject({ reason: 'CUSTOMER_LIMIT' });
    const guest = (guestKey: string) => ({ buyer: { userId: null, guestKey }, phoneHash: 'p' });
    expect(await redeem(market.shopper, wishOf([perBuyer], guest('h')))).toEqual({ outcome: 'REDEEMED' });
    expect(await redeem(market.shopper, wishOf([perBuyer], guest('i')))).toMatchObject({ reason: 'CUSTOMER_LIMIT' });
    expect(await redeem(market.shopper, wishOf([perDay]))).toEqual({ outcome: 'REDEEMED' });
    rig.clock.set('2026-03-01T17:59:00Z');
    expect(await redeem(market.shopper, wishOf([perDay]))).toMatchObject({ reason: 'DAILY_LIMIT' });
    rig.clock.set('2026-03-01T18:01:00Z');
    expect(await redeem(market.shopper, wishOf([perDay]))).toEqual({ outcome: 'REDEEMED' });
  });

  it('holds that an order is the first, whichever coupons say so and however many are placed at once [PRC-04]', async () => {
    const market = rig.market();
    const [one, another] = [await coupon(market, { isForFirstOrder: true }), await coupon(market, { isForFirstOrder: true })];
    const mine: Partial<Wish> = { buyer: { userId: newId('usr'), guestKey: null }, emailHash: 'a' };
    const wishes = Array.from({ length: 10 }, (_, at) => wishOf([at % 2 === 0 ? one : another], mine));
    const outcomes = await Promise.all(wishes.map((wish) => redeem(market.shopper, wish)));
    expect(outcomes.map((redeemed) => ('reason' in redeemed ? redeemed.reason : redeemed.outcome)).sort()).toEqual([...Array<string>(9).fill('NOT_ELIGIBLE'), 'REDEEMED']);
    expect(await redeem(market.shopper, wishOf([another], { ...mine, buyer: { userId: null, guestKey: 'g' } }))).toMatchObject({ outcome: 'REJECTED', couponCode: another.code, reason: 'NOT_ELIGIBLE' });
    const first = wishes.find((_, at) => outcomes[at]?.outcome === 'REDEEMED') as Wish;
    await unredeem(market.shopper, first);
    expect([await redeem(market.shopper, { ...first, again: true }), await redeem(market.shopper, wishOf([one], mine))]).toMatchObject([{ outcome: 'REDEEMED' }, { outcome: 'REJECTED' }]);
    await unredeem(market.shopper, first);
    expect([await redeem(market.shopper, wishOf([one, another], mine)), await used(market, one), await used(market, another)]).toEqual([{ outcome: 'REDEEMED' }, 1, 1]);
  });

  it('refuses a coupon for a first order where one was placed without it, and was not cancelled [PRC-04]', async () => {
    const market = rig.market();
    const one = await coupon(market, { isForFirstOrder: true });
    const [before, wish] = [wishOf([], { buyer: { userId: newId('usr'), guestKey: null } }), wishOf([one])];
    await hearPlaced(market, before);
    expect(await redeem(market.shopper, { ...wish, buyer: before.buyer })).toMatchObject({ outcome: 'REJECTED', couponCode: one.code, reason: 'NOT_ELIGIBLE' });
    await rig.subgraph.hear(orderExpired, market.id, { aggregate: { id: before.orderId, version: 2 }, payload: orderOf(before) });
    await hearPlaced(market, wish);
    expect(await redeem(market.shopper, { ...wish, buyer: before.buyer })).toEqual({ outcome: 'REDEEMED' });
  });

  it('gives what is for an order of a number to one of those that are placed at once, without a coupon as well [PRC-03]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const first = await promotion(market, { conditions: [{ kind: 'NTH_ORDER', max: 1 }] });
    const code = await coupon(market, { isForFirstOrder: true }, await promotion(market, { combinesWith: ['ORDER'] }));
    const mine: Partial<Wish> = { buyer: { userId: market.shopper.viewer?.userId ?? null, guestKey: null }, emailHash: 'a' };
    const quoted = () => rig.quote(market.shopper, [[goods, 1]], { emailHash: 'a' });
    expect(await quoted()).toMatchObject({ totals: { totalMinor: 900 }, redemptions: [], byNumber: [first] });
    const wishes = Array.from({ length: 10 }, (_, at) => wishOf(at === 0 ? [code] : [], { ...mine, ...(at > 0 && { byNumber: [first] }) }));
    const outcomes = await Promise.all(wishes.map((wish) => redeem(market.shopper, wish)));
    expect(outcomes.filter(({ outcome }) => outcome === 'REDEEMED')).toHaveLength(1);
    const [, refused] = outcomes.filter(({ outcome }) => outcome === 'REJECTED');
    expect(refused).toEqual({ outcome: 'REJECTED', couponCode: null, offerId: null, reason: 'NOT_ELIGIBLE' });
    expect(await quoted()).toMatchObject({ totals: { totalMinor: 1_000 }, byNumber: [] });
    const taken = wishes.find((_, at) => outcomes[at]?.outcome === 'REDEEMED') as Wish;
    await unredeem(market.shopper, taken);
    expect(await quoted()).toMatchObject({ totals: { totalMinor: 900 } });
    expect(await redeem(market.shopper, { ...wishOf([], mine), byNumber: [first] })).toEqual({ outcome: 'REDEEMED' });
    expect(await redeem(market.shopper, { ...taken, again: true })).toMatchObject({ outcome: 'REJECTED', reason: 'NOT_ELIGIBLE' });
  });

  it('counts an order that took its number by its events from when they come, and again where it was paid late [PRC-03]', async () => {
    const market = rig.market();
    const everySecond = await promotion(market, { conditions: [{ kind: 'NTH_ORDER', every: 2 }] });
    const buyer = { userId: newId('usr'), guestKey: null };
    const before = wishOf([], { buyer });
    await hearPlaced(market, before);
    const wish = wishOf([], { buyer, byNumber: [everySecond] });
    expect(await redeem(market.shopper, wish)).toEqual({ outcome: 'REDEEMED' });
    await hearPlaced(market, wish);
    await rig.subgraph.hear(orderExpired, market.id, { aggregate: { id: wish.orderId, version: 2 }, payload: orderOf(wish) });
    expect(await redeem(market.shopper, { ...wish, again: true })).toEqual({ outcome: 'REDEEMED' });
    expect(await redeem(market.shopper, wishOf([], { buyer, byNumber: [everySecond] }))).toMatchObject({ outcome: 'REJECTED' });
    await rig.subgraph.hear(orderCancelled, market.id, { aggregate: { id: wish.orderId, version: 3 }, payload: { ...orderOf(wish), by: 'x', reason: 'y' } });
    expect(await redeem(market.shopper, wishOf([], { buyer, byNumber: [everySecond] }))).toEqual({ outcome: 'REDEEMED' });
  });

  it('never spends more of a budget than there is [PRC-03]', async () => {
    const market = rig.market();
    const promotionId = await promotion(market, { conditions: [], budgetMinor: 1_000 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => redeem(market.shopper, wishOf([], { budgets: [{ promotionId, amountMinor: 150 }] }))));
    expect(outcomes.filter(({ outcome }) => outcome === 'REDEEMED')).toHaveLength(6);
    expect((await rig.read<{ promotions: unknown }>(market.operator, '{ promotions { nodes { spent { minor } budget { minor } } } }')).promotions).toMatchObject({ nodes: [{ spent: { minor: 900 }, budget: { minor: 1_000 } }] });
  });

  it('knows nothing of other marketplaces [TEN-08]', async () => {
    const [market, other] = [rig.market(), rig.market()];
    const one = await coupon(market);
    expect(await redeem(other.shopper, wishOf([one]))).toMatchObject({ outcome: 'REJECTED', reason: 'UNKNOWN' });
    const wish = wishOf([one]);
    await redeem(market.shopper, wish);
    expect([await unredeem(other.shopper, wish), await used(market, one)]).toEqual([{ outcome: 'NOTHING' }, 1]);
  });
});

describe('an order', () => {
  it('that dies gives back what it took, and counts for nobody [PRC-04]', async () => {
    const market = rig.market();
    const one = await coupon(market);
    for (const died of [orderCancelled, orderExpired] as const) {
      const wish = wishOf([one]);
      await redeem(market.shopper, wish);
      await rig.subgraph.hear(died as typeof orderCancelled, market.id, { aggregate: { id: wish.orderId, version: 2 }, payload: { ...orderOf(wish), by: 'x', reason: 'y' } });
      expect(await used(market, one)).toBe(0);
    }
  });

  it('that was paid late keeps what it took anew, though its expiry is heard after that', async () => {
    const market = rig.market();
    const one = await coupon(market);
    const wish = wishOf([one]);
    await redeem(market.shopper, wish);
    await redeem(market.shopper, { ...wish, again: true });
    await rig.subgraph.hear(orderExpired, market.id, { aggregate: { id: wish.orderId, version: 2 }, payload: orderOf(wish) });
    expect(await used(market, one)).toBe(1);
  });

  it('that was confirmed makes the next one no first order [PRC-03]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const one = await coupon(market, { isForFirstOrder: true });
    const total = async () => (await rig.quote(market.shopper, [[goods, 1]], { couponCodes: [one.code] })).totals.totalMinor;
    expect(await total()).toBe(900);
    const wish = wishOf([], { buyer: { userId: market.shopper.viewer?.userId ?? null, guestKey: null } });
    await rig.subgraph.hear(orderConfirmed, market.id, { aggregate: { id: wish.orderId, version: 2 }, payload: { ...orderOf(wish), lines: [] } });
    expect(await total()).toBe(1_000);
    await rig.subgraph.hear(orderCancelled, market.id, { aggregate: { id: wish.orderId, version: 3 }, payload: { ...orderOf(wish), by: 'x', reason: 'y' } });
    expect(await total()).toBe(900);
  });

  it('that waits for its payment counts, until it expires [PRC-03]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    await promotion(market, { conditions: [{ kind: 'NTH_ORDER', min: 1, max: 1 }] });
    const total = async () => (await rig.quote(market.shopper, [[goods, 1]])).totals.totalMinor;
    const wish = wishOf([], { buyer: { userId: market.shopper.viewer?.userId ?? null, guestKey: null } });
    expect(await total()).toBe(900);
    await hearPlaced(market, wish);
    expect(await total()).toBe(1_000);
    await rig.subgraph.hear(orderExpired, market.id, { aggregate: { id: wish.orderId, version: 2 }, payload: orderOf(wish) });
    expect(await total()).toBe(900);
  });
});
