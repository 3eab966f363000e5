import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PricingRig, someWord, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
beforeAll(async () => { rig = await PricingRig.start({ env: { COUPON_TRIES_PER_VIEWER: '3', COUPON_TRIES_PER_ADDRESS: '1000' } }); });
afterAll(() => rig[Symbol.asyncDispose]());

const select = '... on CreateCouponsSucceeded { coupons { id code used usesMax } } ... on CouponCodeTaken { code } ... on Problem { message }';
const create = (market: Market, input: Record<string, unknown>, asker = market.operator) => rig.mutate(asker, 'createCoupons', input, select);

async function promotion(market: Market, more: Record<string, unknown> = {}): Promise<string> {
  const input = { name: 'Ten off', class: 'ORDER', conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }], ...more };
  return String((await rig.mutate(market.operator, 'createPromotion', input, '... on Promotion { id }'))['id']);
}

describe('createCoupons', () => {
  it('makes a code of one\'s own, which is unique in the marketplace however it is written [PRC-04]', async () => {
    const market = rig.market();
    const promotionId = await promotion(market);
    const code = someWord('welcome');
    expect(await create(market, { promotionId, code: ` ${code} `, usesMax: 3 })).toMatchObject({ coupons: [{ code: code.toUpperCase(), used: 0, usesMax: 3 }] });
    expect(await create(market, { promotionId, code: code.toUpperCase() })).toMatchObject({ __typename: 'CouponCodeTaken', code: code.toUpperCase() });
    const other = rig.market();
    expect(await create(other, { promotionId: await promotion(other), code })).toMatchObject({ __typename: 'CreateCouponsSucceeded' });
  });

  it('makes a batch of codes that nobody mistakes or guesses [PRC-04]', async () => {
    const market = rig.market();
    const made = (await create(market, { promotionId: await promotion(market), count: 1_000, prefix: 'eid-' }))['coupons'] as { code: string }[];
    expect(new Set(made.map(({ code }) => code)).size).toBe(1_000);
    for (const { code } of made) expect(code).toMatch(/^EID-[ACDEFGHJKMNPQRTUVWXY34679]{10}$/);
  });

  it('refuses what will not do, and promotions that take no coupons', async () => {
    const market = rig.market();
    const promotionId = await promotion(market);
    for (const input of [{}, { code: 'ABCD', count: 1 }, { count: 1_001 }, { code: 'abc' }, { code: 'no space' }, { count: 1, prefix: 'x'.repeat(13) }, { code: 'ABCD', usesMax: 0 }]) await expect(create(market, { promotionId, ...input })).rejects.toThrow(/^BAD_USER_INPUT/);
    expect(await create(market, { promotionId: await promotion(market, { conditions: [] }), code: 'ABCD' })).toMatchObject({ __typename: 'PromotionTakesNoCoupons' });
    await expect(create(market, { promotionId: newId('prm'), code: 'ABCD' })).rejects.toThrow(/^NOT_FOUND/);
    await expect(create(rig.market(), { promotionId, code: 'ABCD' })).rejects.toThrow(/^NOT_FOUND/);
    await expect(create(market, { promotionId, code: 'ABCD' }, market.merchant(newId('ven')))).rejects.toThrow(/^NOT_FOUND/);
    await expect(create(market, { promotionId, code: 'ABCD' }, market.shopper)).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('coupons of a promotion that the platform bears a part of', () => {
  it('are not the merchant\'s to make, to see or to end [PRC-10]', async () => {
    const market = rig.market();
    const vendorId = newId('ven');
    const merchant = market.merchant(vendorId);
    const codes = async () => (await rig.read<{ coupons: { nodes: { code: string }[] } }>(merchant, '{ coupons { nodes { code } } }')).coupons.nodes.map(({ code }) => code);
    const [shared, own] = [await promotion(market, { vendorId, platformPpm: 1 }), await promotion(market, { vendorId })];
    const made = (await create(market, { promotionId: shared, code: someWord('PLATFORM') }))['coupons'] as [{ id: string }];
    await expect(create(market, { promotionId: shared, code: someWord('SELF') }, merchant)).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(merchant, 'endCoupon', { couponId: made[0].id })).rejects.toThrow(/^NOT_FOUND/);
    const [mine] = (await create(market, { promotionId: own, code: someWord('MINE') }, merchant))['coupons'] as [{ id: string; code: string }];
    expect(await codes()).toEqual([mine.code]);
    expect(await rig.mutate(merchant, 'endCoupon', { couponId: mine.id })).toMatchObject({ __typename: 'Coupon' });
  });
});

describe('a coupon in a cart', () => {
  it('counts or says why not [PRC-04]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const promotionId = await promotion(market);
    const [good, others, over] = [someWord('GOOD'), someWord('OTHERS'), someWord('OVER')].map((code) => code.toUpperCase()) as [string, string, string];
    await create(market, { promotionId, code: good });
    await create(market, { promotionId, code: others, emails: ['Somebody@Example.com'] });
    const ended = (await create(market, { promotionId, code: over }))['coupons'] as [{ id: string }];
    await rig.mutate(market.operator, 'endCoupon', { couponId: ended[0].id });
    const { applied, rejected, redemptions, totals } = await rig.quote(market.shopper, [[goods, 1]], { couponCodes: [good.toLowerCase(), others, over, 'NOBODY'] });
    expect([totals.totalMinor, applied]).toMatchObject([900, [{ couponCode: good, amountMinor: 100 }]]);
    expect(redemptions).toMatchObject([{ code: good, promotionId, amountMinor: 100 }]);
    expect(rejected.map(({ couponCode, reason }) => [couponCode, reason]).sort()).toEqual([['NOBODY', 'UNKNOWN'], [others, 'NOT_ELIGIBLE'], [over, 'EXPIRED']].sort());
  });
});

describe('a coupon for a way to ship and to pay', () => {
  it('says which of them fails, and counts once both are chosen [PRC-04]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const others = { kind: 'BUYER', kinds: ['COMPANY'] };
    const conditions = [{ kind: 'SHIPPING_METHOD', methodIds: ['express'] }, { kind: 'PAYMENT', choices: ['STRIPE'] }];
    const [code, never] = [someWord('EXPRESS').toUpperCase(), someWord('NEVER').toUpperCase()];
    await create(market, { promotionId: await promotion(market, { conditions: [{ kind: 'COUPON' }, ...conditions] }), code });
    await create(market, { promotionId: await promotion(market, { conditions: [{ kind: 'COUPON' }, ...conditions, others] }), code: never });
    const shipping = [{ vendorId: goods.vendorId, methodId: 'express', amountMinor: 0 }];
    const failing = async (codes: string[], more: Parameters<PricingRig['quote']>[2]) => (await rig.quote(market.shopper, [[goods, 1]], { couponCodes: codes, ...more })).rejected.map(({ reason, condition }) => [reason, condition]);
    expect([await failing([code], {}), await failing([code], { shipping }), await failing([code], { shipping, paymentChoice: 'STRIPE' })]).toEqual([[['NOT_ELIGIBLE', 'SHIPPING_METHOD']], [['NOT_ELIGIBLE', 'PAYMENT']], []]);
    expect(await failing([never], {})).toEqual([['NOT_ELIGIBLE', 'BUYER']]);
  });
});

describe('guessing codes', () => {
  it('ends after some that nobody has: a good one found then is not shown to be one, until a while has passed [PRC-04]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const promotionId = await promotion(market);
    const [had, found] = [someWord('HAD').toUpperCase(), someWord('FOUND').toUpperCase()];
    for (const code of [had, found]) await create(market, { promotionId, code });
    const reasons = async (codes: string[], asker = market.shopper) => (await rig.quote(asker, [[goods, 1]], { couponCodes: codes })).rejected.map(({ reason }) => reason);
    expect(await reasons([had])).toEqual([]);
    for (let n = 0; n < 5; n += 1) expect(await reasons(['WRONG'])).toEqual(['UNKNOWN']);
    for (const guess of ['WRONG2', 'WRONG3']) expect(await reasons([guess])).toEqual(['UNKNOWN']);
    expect([await reasons([found]), await reasons(['WRONG4']), await reasons([had])]).toEqual([['TOO_MANY_ATTEMPTS'], ['TOO_MANY_ATTEMPTS'], []]);
    expect(await reasons([found], rig.market().shopper)).toEqual(['UNKNOWN']);
    rig.clock.advance(16 * 60_000);
    expect(await reasons([found])).toEqual([]);
    await rig.subgraph.runJob('forget-tries');
    expect(await rig.subgraph.query<{ n: number }>('select count(*)::int as n from pricing.coupon_try where tenant_id = $1', [market.id])).toEqual([{ n: 2 }]);
  });
});
