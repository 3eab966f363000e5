import { pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pricing } from '../subgraph.js';
import { PricingRig, someWord, type Goods, type Market } from '../testing/pricing-rig.js';

let rig: PricingRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await PricingRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(rig.clock.now().getTime() + days * dayMs).toISOString();
const half = { kind: 'PERCENT_OFF', ppm: 500_000, on: 'LINE' };
const select = '... on Promotion { id state platformPpm needsCoupon effects { kind ppm on target { categoryIds } } conditions { kind categoryIds } }';
const create = (market: Market, input: Record<string, unknown>, asker = market.operator) => rig.mutate(asker, 'createPromotion', { name: 'Sale', class: 'CATALOGUE', effects: [half], ...input }, select);

describe('a catalogue promotion', () => {
  it('changes what everybody pays from its beginning to its end, and says both [PRC-02, PRC-05]', async () => {
    const market = rig.market();
    const top = await rig.category(market);
    const below = await rig.category(market, [top]);
    const [inside, outside] = [await rig.priced(market, 1_000, { categoryId: below }), await rig.priced(market, 1_000)];
    const made = await create(market, { from: inDays(1), until: inDays(3), effects: [{ ...half, target: { categoryIds: [top] } }] });
    expect(made).toMatchObject({ state: 'SCHEDULED', effects: [{ ppm: 500_000, target: { categoryIds: [top] } }] });
    const shown = async () => [await rig.current(market.guest, inside), await rig.current(market.guest, outside)];
    expect(await shown()).toEqual([1_000, 1_000]);
    rig.clock.advance(dayMs);
    expect(await shown()).toEqual([500, 1_000]);
    await rig.runJobs();
    expect((await rig.shown(market.guest, [inside]))[0]).toMatchObject({ compareAt: { minor: 1_000 }, endsAt: inDays(2) });
    rig.clock.advance(2 * dayMs);
    expect(await shown()).toEqual([1_000, 1_000]);
    await rig.runJobs();
    const said = (type: string) => rig.said(market, type).then((all) => all.length);
    expect([await said('promotion-started'), await said('promotion-ended')]).toEqual([1, 1]);
    expect(await rig.said(market, 'promotion-started')).toMatchObject([{ promotionId: made['id'], class: 'CATALOGUE', categoryIds: [top] }]);
    expect((await rig.said(market, 'price-changed')).filter(({ offerId }) => offerId === inside.offerId)).toHaveLength(3);
    expect((await rig.said(market, 'price-changed')).filter(({ offerId }) => offerId === outside.offerId)).toHaveLength(1);
  });

  it('is ended before its time, at once for everybody [PRC-02]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const { id } = await create(market, {});
    expect(await rig.current(market.guest, goods)).toBe(500);
    const end = () => rig.mutate(market.operator, 'endPromotion', { promotionId: id }, '... on Promotion { state } ... on AlreadyEnded { what }');
    expect([await end(), await end()]).toMatchObject([{ state: 'ENDED' }, { what: 'promotion' }]);
    expect(await rig.current(market.guest, goods)).toBe(1_000);
    expect(await rig.said(market, 'promotion-ended')).toHaveLength(1);
    expect((await rig.quote(market.guest, [[goods, 1]])).totals.totalMinor).toBe(1_000);
  });

  it('follows goods that are put into its category', async () => {
    const market = rig.market();
    const categoryId = await rig.category(market);
    const goods = await rig.priced(market, 1_000);
    await create(market, { conditions: [{ kind: 'CATEGORY', categoryIds: [categoryId] }] });
    expect(await rig.current(market.guest, goods)).toBe(1_000);
    await rig.moveTo(market, goods, categoryId);
    expect(await rig.current(market.guest, goods)).toBe(500);
  });

  it('that is bound to a time of the week begins and ends by the clock of its place [PRC-02]', async () => {
    const market = rig.market();
    rig.clock.set('2026-05-04T10:30:00Z');
    const goods = await rig.priced(market, 1_000);
    await create(market, { conditions: [{ kind: 'TIME', timeZone: 'Asia/Dhaka', fromMinute: 17 * 60, untilMinute: 18 * 60 }] });
    const shown: (number | null)[] = [];
    for (const minutes of [0, 29, 1, 59, 1]) {
      rig.clock.advance(minutes * 60_000);
      await rig.runJobs();
      shown.push(await rig.current(market.guest, goods));
    }
    expect(shown).toEqual([1_000, 1_000, 500, 500, 1_000]);
  });

  it.each([
    ['begins an hour sooner after the night in which the clocks of its place go forward', '2026-03-28T12:00:00Z', ['2026-03-29T07:59:00Z', '2026-03-29T08:00:00Z', '2026-03-29T10:00:00Z']],
    ['begins an hour later after the night in which they go back', '2026-10-24T12:00:00Z', ['2026-10-25T08:59:00Z', '2026-10-25T09:00:00Z', '2026-10-25T11:00:00Z']],
  ])('that is bound to a time of the week %s [PRC-02]', async (_, before, moments) => {
    const market = rig.market();
    rig.clock.set(before);
    const goods = await rig.priced(market, 1_000);
    await create(market, { conditions: [{ kind: 'TIME', timeZone: 'Europe/Stockholm', fromMinute: 10 * 60, untilMinute: 12 * 60 }] });
    await rig.runJobs();
    const shown: (number | null)[] = [];
    for (const moment of moments) {
      rig.clock.set(moment);
      shown.push(await rig.current(market.guest, goods));
      await rig.runJobs();
    }
    expect(shown).toEqual([1_000, 500, 1_000]);
  });
});

describe('the budget of a catalogue promotion', () => {
  const spend = async (market: Market, promotionId: unknown, amountMinor: number) => {
    const orderId = newId('ord');
    await rig.runJobs();
    await rig.subgraph.put(market.shopper, pricingRedeem, { orderId, buyer: { userId: null, guestKey: 'g' }, emailHash: null, redemptions: [], quotas: [], budgets: [{ promotionId: String(promotionId), amountMinor }] });
    return { giveBack: async () => {
      await rig.runJobs();
      await rig.subgraph.put(market.shopper, pricingUnredeem, { orderId });
    } };
  };
  const shownAndSold = async (market: Market, goods: Goods) => [await rig.current(market.guest, goods), (await rig.quote(market.guest, [[goods, 1]])).totals.totalMinor];

  it('that has to have so much left changes what everybody pays when it has less, and again when it has more [PRC-02]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const { id } = await create(market, { budgetMinor: 10_000, conditions: [{ kind: 'BUDGET', minLeftMinor: 5_000 }] });
    await spend(market, id, 5_000);
    expect(await shownAndSold(market, goods)).toEqual([500, 500]);
    const last = await spend(market, id, 1);
    expect(await shownAndSold(market, goods)).toEqual([1_000, 1_000]);
    await last.giveBack();
    expect(await shownAndSold(market, goods)).toEqual([500, 500]);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['a percentage', half, 500], ['an amount', { kind: 'AMOUNT_OFF', amountMinor: 500, on: 'PIECE' }, 500], ['a price', { kind: 'FIXED_PRICE', priceMinor: 500 }, 500], ['tenths of a percent', { ...half, ppm: 1_500 }, 2],
  ])('that is less than one piece takes off by %s gives what is left, to everybody [PRC-02]', async (_, effect, off) => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const { id } = await create(market, { budgetMinor: 10_000, effects: [effect] });
    await spend(market, id, 10_000 - off);
    expect(await shownAndSold(market, goods)).toEqual([1_000 - off, 1_000 - off]);
    const more = await spend(market, id, 1);
    expect(await shownAndSold(market, goods)).toEqual([1_001 - off, 1_001 - off]);
    const last = await spend(market, id, off - 1);
    expect(await shownAndSold(market, goods)).toEqual([1_000, 1_000]);
    await more.giveBack();
    expect(await shownAndSold(market, goods)).toEqual([999, 999]);
    await last.giveBack();
    expect(await shownAndSold(market, goods)).toEqual([1_000 - off, 1_000 - off]);
  });

  it('that carries every piece has nothing priced anew by an order [PRC-02]', async () => {
    const market = rig.market();
    const [goods, dearer] = [await rig.priced(market, 1_000), await rig.priced(market, 8_000)];
    const { id } = await create(market, { budgetMinor: 10_000, effects: [half, { kind: 'AMOUNT_OFF', amountMinor: 1, on: 'PIECE' }] });
    await rig.runJobs();
    const written = async () => Map.groupBy(await rig.subgraph.query<{ id: string; xmin: string }>('select id, xmin::text from pricing.offer_price where tenant_id = $1', [market.id]), ({ id: of }) => of);
    const before = await written();
    await spend(market, id, 100);
    expect(await written()).toEqual(before);
    await spend(market, id, 6_000);
    const after = await written();
    expect([goods, dearer].map(({ offerId }) => after.get(offerId)?.[0]?.xmin === before.get(offerId)?.[0]?.xmin)).toEqual([true, false]);
    expect(await shownAndSold(market, goods)).toEqual([499, 499]);
    expect(await shownAndSold(market, dearer)).toEqual([4_100, 4_100]);
  });
});

describe('createPromotion', () => {
  it('names everything that will not do, at its place [PRC-02]', async () => {
    const market = rig.market();
    const bad = { effects: [{ kind: 'PERCENT_OFF', ppm: 2_000_000, on: 'ORDER', offerId: 'x' }, { kind: 'GIFT' }], conditions: [{ kind: 'TIME', timeZone: 'Mars/Olympus' }] };
    const refused = async (input: Record<string, unknown>): Promise<string> => create(market, input).then(() => '', (error: Error) => error.message);
    const shape = await refused(bad);
    for (const place of ['input.effects.0.offerId', 'input.effects.1.offerId', 'input.conditions.0.fromMinute', 'input.conditions.0.untilMinute']) expect(shape).toContain(place);
    const rules = await refused({ effects: [{ kind: 'PERCENT_OFF', ppm: 2_000_000, on: 'ORDER' }], conditions: [{ kind: 'TIME', timeZone: 'Mars/Olympus', fromMinute: 0, untilMinute: 60 }] });
    expect(rules).toMatch(/^BAD_USER_INPUT: .*conditions\.0.*effects\.0/);
    expect(await refused({ from: inDays(2), until: inDays(1) })).toContain('input.until');
  });

  it('is for operators, and for merchants for what their own vendor bears [PRC-10, AUTH-07]', async () => {
    const market = rig.market();
    const vendorId = newId('ven');
    const [own, other] = [await rig.priced(market, 1_000, { vendorId }), await rig.priced(market, 1_000)];
    const merchant = market.merchant(vendorId);
    const made = await create(market, { vendorId }, merchant);
    expect(made).toMatchObject({ __typename: 'Promotion', platformPpm: 0 });
    expect([await rig.current(market.guest, own), await rig.current(market.guest, other)]).toEqual([500, 1_000]);
    expect((await rig.quote(market.shopper, [[own, 1]])).lines[0]?.discounts).toMatchObject([{ amountMinor: 500, platformPpm: 0 }]);
    for (const input of [{}, { vendorId: other.vendorId }, { vendorId, platformPpm: 1 }]) await expect(create(market, input, merchant)).rejects.toThrow(/^FORBIDDEN/);
    for (const asker of [market.shopper]) await expect(create(market, {}, asker)).rejects.toThrow(/^FORBIDDEN/);
    await expect(create(market, {}, market.guest)).rejects.toThrow(/^UNAUTHENTICATED/);
    const platforms = await create(market, { name: 'Platform', platformPpm: 250_000, vendorId });
    const seen = await rig.read<{ promotions: { nodes: { id: string }[] } }>(market.merchant(other.vendorId), '{ promotions { nodes { id } } }');
    expect(seen.promotions.nodes).toEqual([]);
    await expect(rig.mutate(market.merchant(other.vendorId), 'endPromotion', { promotionId: platforms['id'] })).rejects.toThrow(/^NOT_FOUND/);
    await expect(rig.mutate(rig.market().operator, 'endPromotion', { promotionId: platforms['id'] })).rejects.toThrow(/^NOT_FOUND/);
  });

  it('lets a vendor have few, which take none from the marketplace or from other vendors [PRC-02, AUTH-07]', async () => {
    const market = rig.market();
    const [vendorId, other] = [newId('ven'), newId('ven')];
    const line = { class: 'LINE', from: inDays(1) };
    const made = await Promise.all(Array.from({ length: 20 }, () => create(market, { ...line, vendorId }, market.merchant(vendorId))));
    expect(made.map(({ __typename }) => __typename)).toEqual(Array(20).fill('Promotion'));
    const typeOf = async (input: Record<string, unknown>, asker?: typeof market.operator) => (await create(market, { ...line, ...input }, asker)).__typename;
    expect([await typeOf({ vendorId }, market.merchant(vendorId)), await typeOf({ vendorId: other }, market.merchant(other))]).toEqual(['LimitReached', 'Promotion']);
    await rig.subgraph.query(
      `insert into pricing.promotion (tenant_id, id, name, class, priority, vendor_id, conditions, effects, combines_with, stop_processing, platform_ppm, needs_coupon, state)
       select $1, 'prm_' || n, 'Full', 'LINE', 0, case when n % 2 = 0 then $2 end, '[]', '[]', '{}', false, 1, false, 'SCHEDULED' from generate_series(1, 200) as n`, [market.id, vendorId]);
    expect([await typeOf({}), await typeOf({ vendorId, platformPpm: 1 }), await typeOf({ vendorId: other }, market.merchant(other))]).toEqual(['LimitReached', 'LimitReached', 'Promotion']);
  });

  it('makes one promotion for one idempotency key', async () => {
    const market = rig.market();
    const input = { idempotencyKey: someWord('key') };
    expect((await create(market, input))['id']).toBe((await create(market, input))['id']);
  });
});

describe('what a promotion is given on', () => {
  const goods = { productIds: [], categoryIds: [], vendorIds: [], productTypes: [], attributes: [], excludedProductIds: [], excludedCategoryIds: [] };
  const said = async (market: Market, input: Record<string, unknown>): Promise<unknown> => {
    const { id } = await create(market, { class: 'LINE', ...input });
    return (await rig.said(market, 'promotion-started')).find(({ promotionId }) => promotionId === id)?.['goods'];
  };

  it('is said as alternatives, each by its own effect, with the products of variants and offers [PRC-02]', async () => {
    const market = rig.market();
    const [a, b] = [await rig.priced(market, 1_000), await rig.priced(market, 1_000)];
    const pieces = (ids: readonly string[]) => ({ quantity: 1, target: { ids } });
    expect(await said(market, { effects: [{ kind: 'BUY_X_GET_Y', buy: pieces([a.productId]), get: pieces([b.variantId]) }] })).toEqual([{ ...goods, productIds: [b.productId] }]);
    expect(await said(market, { effects: [{ kind: 'BUNDLE_PRICE', priceMinor: 1, items: [pieces([a.offerId]), pieces([b.productId])] }] })).toEqual([{ ...goods, productIds: [a.productId] }, { ...goods, productIds: [b.productId] }]);
    expect(await said(market, { effects: [{ kind: 'GIFT', offerId: a.offerId }] })).toEqual([{ ...goods, productIds: [a.productId] }]);
    expect(await said(market, { effects: [{ kind: 'GIFT', offerId: newId('ofr') }] }), 'nobody knows what that is').toEqual([]);
    expect(await said(market, { effects: [{ ...half, target: { categoryIds: ['cat_a'] } }, { ...half, target: { ids: [b.productId] } }] })).toEqual([{ ...goods, categoryIds: ['cat_a'] }, { ...goods, productIds: [b.productId] }]);
  });

  it('is what the target says of attributes, types and exceptions, or what the conditions name, of its vendor alone', async () => {
    const market = rig.market();
    const target = { productTypes: ['mug'], attributes: [{ code: 'glaze', values: ['matt'] }], excludedIds: ['prod_a', newId('ofr')], excludedCategoryIds: ['cat_b'] };
    expect(await said(market, { effects: [{ ...half, target }] })).toEqual([{ ...goods, productTypes: ['mug'], attributes: target.attributes, excludedProductIds: ['prod_a'], excludedCategoryIds: ['cat_b'] }]);
    const conditions = [{ kind: 'CATEGORY', categoryIds: ['cat_b'] }, { kind: 'CATEGORY', categoryIds: ['cat_a'] }, { kind: 'ATTRIBUTE', code: 'a', values: ['1'] }, { kind: 'ATTRIBUTE', code: 'b', values: ['2'] }];
    const named = { ...goods, categoryIds: ['cat_a', 'cat_b'], vendorIds: ['ven_a'] };
    expect(await said(market, { conditions, effects: [half, half], vendorId: 'ven_a' })).toEqual([{ ...named, attributes: [{ code: 'a', values: ['1'] }] }, { ...named, attributes: [{ code: 'b', values: ['2'] }] }]);
    expect(await said(market, {}), 'all goods').toEqual([goods]);
  });
});

describe('promotions and coupons', () => {
  it('are listed by as many statements for a hundred as for five', async () => {
    // Without jobs, which look at the clock beside us and would be counted.
    await using quiet = await PricingRig.start({ definition: { ...pricing, jobs: [] } });
    const market = quiet.market();
    const [first] = await Promise.all(Array.from({ length: 100 }, () => quiet.mutate(market.operator, 'createPromotion', { name: 'Sale', class: 'ORDER', conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 1, on: 'ORDER' }] }, '... on Promotion { id }')));
    await quiet.mutate(market.operator, 'createCoupons', { promotionId: first?.['id'], count: 100 });
    const list = (count: number) => statements.during(() => quiet.read(market.operator, `{ promotions(first: ${count}) { nodes { id conditions { kind } } } coupons(first: ${count}) { nodes { code } } priceLists(first: ${count}) { nodes { id } } flashSales(first: ${count}) { nodes { offers { offerId } } } }`));
    await list(1);
    expect([await list(5), await list(100)]).toEqual([4, 4]);
  });
});

describe('promotions in a cart', () => {
  it('of one exclusive group: the best counts, and the others say why they do not [PRC-07]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    for (const [name, ppm] of [['Small', 100_000], ['Big', 200_000]] as const) await create(market, { name, class: 'ORDER', exclusiveGroup: 'spring', effects: [{ kind: 'PERCENT_OFF', ppm, on: 'ORDER' }] });
    const { totals, applied, rejected } = await rig.quote(market.shopper, [[goods, 1]]);
    expect([totals.totalMinor, applied.map(({ name }) => name), rejected.map(({ name, reason }) => [name, reason])]).toEqual([800, ['Big'], [['Small', 'NOT_COMBINABLE']]]);
  });

  it('are paid for by platform and vendor as they say, and the quote says so [PRC-10]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    await create(market, { class: 'ORDER', platformPpm: 300_000, effects: [{ kind: 'AMOUNT_OFF', amountMinor: 100, on: 'ORDER' }] });
    expect((await rig.quote(market.shopper, [[goods, 1]])).lines[0]?.discounts).toMatchObject([{ amountMinor: 100, platformPpm: 300_000 }]);
  });

  it('give the same answer to the same question, and nothing is consumed', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    await create(market, { class: 'ORDER', budgetMinor: 300, effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] });
    const quotes = [await rig.quote(market.shopper, [[goods, 2]]), await rig.quote(market.shopper, [[goods, 2]])];
    expect(quotes[0]).toEqual(quotes[1]);
    expect(quotes[0]).toMatchObject({ totals: { totalMinor: 1_800 }, budgets: [{ amountMinor: 200 }] });
  });
});
