import { createHash } from 'node:crypto';
import { pricingRedeem } from '@haat/schema/asks/pricing';
import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pricing } from '../subgraph.js';
import { PricingRig, type Goods, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  // Without jobs, whose statements would be counted with ours.
  rig = await PricingRig.start({ definition: { ...pricing, jobs: [] } });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

const sums = 'subtotal { minor } discount { minor } shipping { minor } tax { minor } total { minor }';
const totals = `totals { ${sums} taxIncluded lines { lineId unitPrice { minor } discount { minor } total { minor } taxes { name reason amount { minor } } } vendors { vendorId ${sums} }
  priceTrace { step ruleId before { minor } after { minor } } appliedPromotions { name amount { minor } } rejectedPromotions { name reason missing { minor } payWith shippingMethodIds } appliedCoupons { code amount { minor } }
  rejectedCoupons { code reason missing { minor } payWith shippingMethodIds } gifts { offerId } withoutPrice }`;

interface Totals extends Record<string, unknown> { readonly total: { readonly minor: number }; readonly priceTrace: readonly { readonly step: string; readonly after: { readonly minor: number } }[] }

const lineOf = ([{ offerId }, quantity]: readonly [Goods, number], at: number) => ({ id: `line_${at}`, offerId, quantity });

async function totalsOf(market: Market, lines: readonly (readonly [Goods, number])[], { payWith, ...more }: Record<string, unknown> & { payWith?: string } = {}): Promise<Totals | null | undefined> {
  const groups = [...new Set(lines.map(([{ vendorId }]) => vendorId))].map((vendorId) => ({ id: newId('cart'), vendorId, chosenShippingMethodId: null }));
  const cart = { __typename: 'Cart', id: newId('cart'), lines: lines.map(lineOf), groups, couponCodes: [], shippingAddress: null, contact: null, ...more };
  const { _entities } = await rig.read<{ _entities: [{ totals: Totals | null } | null] }>(market.shopper, `query($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { ${payWith ? totals.replace('totals', `totals(payWith: ${payWith})`) : totals} } } }`, { r: [cart] });
  return _entities[0] === null ? undefined : _entities[0].totals;
}

async function subtotals(market: Market, groups: readonly (readonly (readonly [Goods, number])[])[]): Promise<(number | null)[]> {
  const r = groups.map((lines) => ({ __typename: 'CartGroup', id: newId('cart'), lines: lines.map(lineOf), destination: null }));
  const { _entities } = await rig.read<{ _entities: ({ subtotal: { minor: number } | null } | null)[] }>(market.shopper, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on CartGroup { subtotal { minor } } } }', { r });
  return _entities.map((one) => one?.subtotal?.minor ?? null);
}

describe('a cart\'s totals', () => {
  it('add up by line, vendor and whole, with why each promotion counts or does not [PRC-02, PRC-03, PRC-07]', async () => {
    const market = rig.market();
    const [one, other] = [await rig.priced(market, 1_000), await rig.priced(market, 250)];
    await rig.mutate(market.operator, 'createPromotion', { name: 'Ten off', class: 'ORDER', effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }], conditions: [{ kind: 'CART_VALUE', minMinor: 2_000 }] });
    const below = await totalsOf(market, [[one, 1], [other, 2]]);
    expect(below).toMatchObject({ total: { minor: 1_500 }, appliedPromotions: [], rejectedPromotions: [{ name: 'Ten off', reason: 'BELOW_MINIMUM', missing: { minor: 500 } }] });
    const above = await totalsOf(market, [[one, 2], [other, 2]]);
    expect(above).toMatchObject({
      subtotal: { minor: 2_500 }, discount: { minor: 250 }, total: { minor: 2_250 }, appliedPromotions: [{ name: 'Ten off', amount: { minor: 250 } }],
      vendors: [{ vendorId: one.vendorId, total: { minor: 1_800 } }, { vendorId: other.vendorId, total: { minor: 450 } }], lines: [{ total: { minor: 1_800 } }, { total: { minor: 450 } }], withoutPrice: [],
    });
    expect(above?.priceTrace.at(-1)).toMatchObject({ step: 'TOTAL', after: { minor: 2_250 } });
  });

  it('say by which ways to pay something counts, and count it for one of them [PRC-02, PRC-04]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const half = { class: 'ORDER', effects: [{ kind: 'PERCENT_OFF', ppm: 500_000, on: 'ORDER' }] };
    const byCard = { kind: 'PAYMENT', choices: ['STRIPE', 'SHELLS'] };
    const { id: promotionId } = await rig.mutate(market.operator, 'createPromotion', { name: 'By card', ...half, conditions: [{ kind: 'COUPON' }, byCard] }, '... on Promotion { id }');
    await rig.mutate(market.operator, 'createCoupons', { promotionId, code: 'BYCARD' });
    await rig.mutate(market.operator, 'createPromotion', { name: 'Fast', ...half, conditions: [{ kind: 'SHIPPING_METHOD', methodIds: ['express', 'drone'] }, { kind: 'SHIPPING_METHOD', methodIds: ['express'] }] });
    await rig.mutate(market.operator, 'createPromotion', { name: 'Large', ...half, conditions: [byCard, { kind: 'BUYER', kinds: ['COMPANY'] }] });
    const read = (more: { payWith?: string }) => totalsOf(market, [[goods, 1]], { couponCodes: ['BYCARD'], ...more });
    const rejectedPromotions = expect.arrayContaining([{ name: 'Fast', payWith: null, shippingMethodIds: ['express'] }, { name: 'Large', payWith: null, shippingMethodIds: null }].map((one) => expect.objectContaining(one) as unknown)) as unknown;
    expect(await read({})).toMatchObject({ total: { minor: 1_000 }, rejectedCoupons: [{ code: 'BYCARD', reason: 'NOT_ELIGIBLE', payWith: ['STRIPE'], shippingMethodIds: null }], rejectedPromotions });
    expect(await read({ payWith: 'CASH_ON_DELIVERY' })).toMatchObject({ total: { minor: 1_000 }, rejectedCoupons: [{ payWith: ['STRIPE'] }] });
    expect(await read({ payWith: 'STRIPE' })).toMatchObject({ total: { minor: 500 }, rejectedCoupons: [], appliedCoupons: [{ code: 'BYCARD', amount: { minor: 500 } }] });
  });

  it('know a buyer by the telephone number as well [PRC-04]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const { id: promotionId } = await rig.mutate(market.operator, 'createPromotion', { name: 'Once', class: 'ORDER', effects: [{ kind: 'PERCENT_OFF', ppm: 500_000, on: 'ORDER' }], conditions: [{ kind: 'COUPON' }] }, '... on Promotion { id }');
    const made = await rig.mutate(market.operator, 'createCoupons', { promotionId, code: 'ONCE', usesPerBuyerMax: 1 }, '... on CreateCouponsSucceeded { coupons { id } }');
    const [{ id: couponId }] = made['coupons'] as [{ id: string }];
    const phone = '+8801712345678';
    const phoneHash = createHash('sha256').update(phone).digest('hex');
    const redemptions = [{ couponId, code: 'ONCE', promotionId: String(promotionId), amountMinor: 500 }];
    await rig.subgraph.put(market.guest, pricingRedeem, { orderId: newId('ord'), buyer: { userId: null, guestKey: 'g' }, emailHash: null, phoneHash, redemptions, quotas: [], budgets: [] });
    const read = (number: string) => totalsOf(market, [[goods, 1]], { couponCodes: ['ONCE'], contact: { email: null, phone: number } });
    expect([await read(phone), await read('+8801812345678')]).toMatchObject([{ rejectedCoupons: [{ code: 'ONCE', reason: 'CUSTOMER_LIMIT' }] }, { appliedCoupons: [{ code: 'ONCE' }] }]);
  });

  it('hold the price of the delivery that was chosen', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const groups = (chosenShipping: unknown) => [{ id: newId('cart'), vendorId: goods.vendorId, chosenShippingMethodId: 'smt_1', chosenShipping }];
    expect(await totalsOf(market, [[goods, 1]], { groups: groups({ price: { minor: 300, currency: 'EUR' } }) })).toMatchObject({ shipping: { minor: 300 }, total: { minor: 1_300 } });
    expect(await totalsOf(market, [[goods, 1]], { groups: groups(null) })).toBeNull();
    expect(await totalsOf(market, [[goods, 1]], { groups: [null] })).toBeNull();
  });

  it('are those of pricing.quote', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 333);
    expect((await totalsOf(market, [[goods, 7]]))?.total.minor).toBe((await rig.quote(market.shopper, [[goods, 7]])).totals.totalMinor);
  });

  it('name offers that have no price, and are zero for an empty cart', async () => {
    const market = rig.market();
    const [priced, unpriced] = [await rig.priced(market, 100), await rig.goods(market)];
    expect(await totalsOf(market, [[priced, 1], [unpriced, 1]])).toMatchObject({ total: { minor: 100 }, withoutPrice: [unpriced.offerId] });
    expect(await totalsOf(market, [])).toMatchObject({ total: { minor: 0 }, lines: [] });
    expect(await totalsOf(rig.market(), [[priced, 1]])).toBeUndefined();
  });

  it('take as many statements for a hundred lines as for five', async () => {
    const market = rig.market();
    const goods = await Promise.all(Array.from({ length: 100 }, () => rig.goods(market)));
    await rig.setPrices(market.operator, goods.map(({ offerId }) => ({ offerId, minor: 100 })));
    const load = (count: number) => statements.during(() => totalsOf(market, goods.slice(0, count).map((one) => [one, 1] as const)));
    await load(1);
    expect([await load(5), await load(100)]).toEqual([8, 8]);
  });
});

describe('a vendor\'s subtotal', () => {
  it('is goods at unit price times quantity, by tiers of the cart, before promotions', async () => {
    const market = rig.market();
    const [one, other] = [await rig.priced(market, 1_000), await rig.priced(market, 250)];
    await rig.setPrices(market.operator, [{ offerId: other.offerId, minor: 200, minQuantity: 3 }]);
    await rig.mutate(market.operator, 'createPromotion', { name: 'Half', class: 'CATALOGUE', effects: [{ kind: 'PERCENT_OFF', ppm: 500_000, on: 'LINE' }] });
    expect(await subtotals(market, [[[one, 2]], [[other, 3]], []])).toEqual([2_000, 600, 0]);
  });

  it('takes as many statements for ten vendors as for two', async () => {
    const market = rig.market();
    const goods = await Promise.all(Array.from({ length: 10 }, () => rig.priced(market, 100)));
    const load = (count: number) => statements.during(() => subtotals(market, goods.slice(0, count).map((one) => [[one, 1] as const])));
    await load(1);
    expect([await load(2), await load(10)]).toEqual([5, 5]);
  });
});
