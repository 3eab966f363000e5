import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pricing } from '../subgraph.js';
import { PricingRig, someWord, type Goods } from '../testing/pricing-rig.js';

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

describe('setPrices', () => {
  it('sets what everybody pays, shows it at once and says it once [PRC-01]', async () => {
    const market = rig.market();
    const goods = await rig.goods(market);
    expect(await rig.shown(market.guest, [goods])).toEqual([null]);
    const outcome = await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 1_990, compareAtMinor: 2_490 }]);
    expect(outcome).toMatchObject({ __typename: 'SetPricesSucceeded', count: 1, offers: [{ id: goods.offerId }] });
    expect(await rig.shown(market.guest, [goods])).toEqual([{ current: { minor: 1_990 }, compareAt: { minor: 2_490 }, lowest30Days: null, taxIncluded: true, endsAt: null }]);
    await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 1_990, compareAtMinor: 2_490 }]);
    expect(await rig.said(market, 'price-changed')).toEqual([{ ...goods, currency: 'EUR', price: { currentMinor: 1_990, compareAtMinor: 2_490, taxIncluded: true } }]);
  });

  it('takes a price away, after which the offer has none', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 500);
    await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: null }]);
    expect(await rig.shown(market.guest, [goods])).toEqual([null]);
    expect((await rig.said(market, 'price-changed')).at(-1)).toEqual({ ...goods, currency: 'EUR' });
  });

  it('sets all or none, and names what is wrong with each row [PRC-01]', async () => {
    const market = rig.market();
    const [goods, other] = [await rig.goods(market), await rig.goods(market)];
    const rows = [
      { offerId: goods.offerId, minor: 100 }, { offerId: newId('ofr'), minor: 100 }, { offerId: goods.offerId, minor: -1, minQuantity: 2 }, { offerId: goods.offerId, minor: 100, currency: 'BDT' },
      { offerId: other.offerId, minor: 100, priceListId: newId('prl') }, { offerId: goods.offerId, minor: 100 }, { offerId: goods.offerId, minor: 100, minQuantity: 0 },
      { offerId: goods.offerId, minor: 100, from: inDays(2), until: inDays(1) },
    ];
    const refused = await rig.setPrices(market.operator, rows);
    expect(refused).toMatchObject({ __typename: 'PricesRefused', problems: [
      { row: 1, code: 'OFFER_UNKNOWN' }, { row: 2, code: 'AMOUNT_OUT_OF_RANGE' }, { row: 3, code: 'CURRENCY_NOT_SOLD_IN' }, { row: 4, code: 'PRICE_LIST_UNKNOWN' }, { row: 5, code: 'TWICE' },
      { row: 6, code: 'QUANTITY_OUT_OF_RANGE' }, { row: 7, code: 'WINDOW_EMPTY' }] });
    expect(await rig.shown(market.guest, [goods, other])).toEqual([null, null]);
    await expect(rig.setPrices(market.operator, Array.from({ length: 251 }, (_, at) => ({ offerId: goods.offerId, minor: 1, minQuantity: at + 1 })))).rejects.toThrow(/^BAD_USER_INPUT: .*250/);
    expect(await rig.setPrices(market.operator, Array.from({ length: 201 }, (_, at) => ({ offerId: goods.offerId, minor: 1, minQuantity: at + 1 })))).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ code: 'TOO_MANY_PRICES' })]) });
    expect(await rig.shown(market.guest, [goods])).toEqual([null]);
  });

  it('is done once for one idempotency key', async () => {
    const market = rig.market();
    const goods = await rig.goods(market);
    const rows = [{ offerId: goods.offerId, minor: 700 }];
    const more = { idempotencyKey: someWord('key') };
    const first = await rig.setPrices(market.operator, rows, more);
    expect(await rig.setPrices(market.operator, rows, more)).toEqual(first);
    await expect(rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 701 }], more)).rejects.toThrow(/^IDEMPOTENCY_KEY_REUSED/);
  });

  it('prices offers that catalog has not spoken of yet, by asking for them', async () => {
    const market = rig.market();
    const goods: Goods = { offerId: newId('ofr'), variantId: newId('var'), productId: newId('prod'), vendorId: newId('ven') };
    rig.described.set(goods.offerId, {
      ...goods, title: 'Pot', variantTitle: 'Blue', sku: 'x', vendorSku: 'x', options: [], productType: 'pots', taxClass: 'standard', weightGrams: null, maxPerOrder: null, shippingProfile: 'standard',
      categoryPaths: [['cat_a', 'cat_b']], imageUrl: null, whyNot: 'OFFER_NOT_ACTIVE' });
    expect(await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 700 }])).toMatchObject({ __typename: 'SetPricesSucceeded' });
    expect(await rig.current(market.guest, goods)).toBe(700);
  });

  it('is for operators, and for merchants with the right at the offer\'s vendor [PRC-01, AUTH-07]', async () => {
    const market = rig.market();
    const goods = await rig.goods(market);
    expect(await rig.setPrices(market.merchant(goods.vendorId), [{ offerId: goods.offerId, minor: 5 }])).toMatchObject({ __typename: 'SetPricesSucceeded' });
    const stranger = market.merchant(newId('ven'));
    expect(await rig.setPrices(stranger, [{ offerId: goods.offerId, minor: 1 }])).toMatchObject({ problems: [{ code: 'OFFER_UNKNOWN' }] });
    await expect(rig.setPrices(market.shopper, [{ offerId: goods.offerId, minor: 1 }])).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.setPrices(market.guest, [{ offerId: goods.offerId, minor: 1 }])).rejects.toThrow(/^UNAUTHENTICATED/);
    expect(await rig.setPrices(rig.market().operator, [{ offerId: goods.offerId, minor: 1 }])).toMatchObject({ problems: [{ code: 'OFFER_UNKNOWN' }] });
    expect(await rig.current(market.guest, goods)).toBe(5);
  });

  it('loses no price where many set prices of one offer at the same time', async () => {
    const market = rig.market();
    const goods = await rig.goods(market);
    await Promise.all(Array.from({ length: 8 }, (_, at) => rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 100 + at, from: inDays(-at - 1), until: inDays(at + 1) }])));
    expect(await rig.current(market.guest, goods)).toBe(100);
    const versions = (await rig.subgraph.events(market.id)).map(({ aggregate }) => aggregate.version);
    expect(versions).toEqual(versions.map((_, at) => at + 1));
  });
});

describe('prices as they were set', () => {
  it('are shown to whoever may set them, and by as many statements for a hundred as for five [PRC-01]', async () => {
    await using quiet = await PricingRig.start({ definition: { ...pricing, jobs: [] } });
    const market = quiet.market();
    const goods = await quiet.goods(market);
    await quiet.setPrices(market.operator, Array.from({ length: 100 }, (_, at) => ({ offerId: goods.offerId, minor: 1_000 - at, minQuantity: at + 1 })));
    const read = (asker = market.operator, first = 100) => quiet.read<{ prices: { nodes: { amount: { minor: number }; minQuantity: number }[] } | null }>(asker, `{ prices(offerId: "${goods.offerId}", first: ${first}) { nodes { amount { minor } minQuantity } } }`);
    expect((await read()).prices?.nodes.find(({ minQuantity }) => minQuantity === 10)).toMatchObject({ amount: { minor: 991 } });
    expect((await read(market.merchant(goods.vendorId))).prices?.nodes).toHaveLength(100);
    expect([await statements.during(() => read(market.operator, 5)), await statements.during(() => read(market.operator, 100))]).toEqual([2, 2]);
    for (const asker of [market.merchant(newId('ven')), quiet.market().operator]) await expect(read(asker)).rejects.toThrow(/^NOT_FOUND/);
    await expect(read(market.shopper)).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('what everybody pays', () => {
  it('changes when a price begins and ends: for readers at once, and said by the job [PRC-01, PRC-05]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 800, from: inDays(1), until: inDays(2) }]);
    expect(await rig.current(market.guest, goods)).toBe(1_000);
    rig.clock.advance(dayMs);
    expect(await rig.shown(market.guest, [goods])).toMatchObject([{ current: { minor: 800 }, lowest30Days: { minor: 1_000 }, endsAt: inDays(1) }]);
    await rig.runJobs();
    expect((await rig.said(market, 'price-changed')).at(-1)).toMatchObject({ price: { currentMinor: 800, lowest30DaysMinor: 1_000, endsAt: inDays(1) } });
    rig.clock.advance(dayMs);
    expect(await rig.current(market.guest, goods)).toBe(1_000);
    await rig.runJobs();
    await rig.runJobs();
    expect((await rig.said(market, 'price-changed')).map((payload) => (payload['price'] as { currentMinor: number }).currentMinor)).toEqual([1_000, 800, 1_000]);
  });

  it('is told beside the lowest price of the thirty days before it [PRC-09]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const set = async (minor: number, daysLater: number) => {
      rig.clock.advance(daysLater * dayMs);
      await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor }]);
      return (await rig.shown(market.guest, [goods]))[0]?.lowest30Days?.minor;
    };
    expect(await set(900, 5)).toBe(1_000);
    expect(await set(1_200, 5)).toBe(900);
    expect(await set(1_100, 10)).toBe(900);
    expect(await set(1_050, 40)).toBe(1_100);
  });

  it('is of the list that holds for everybody, and of a list for some only in their carts [PRC-01]', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 1_000);
    const list = async (input: Record<string, unknown>) => String((await rig.mutate(market.operator, 'createPriceList', { name: someWord('list'), ...input }, '... on PriceList { id }'))['id']);
    const [all, abroad] = [await list({ priority: 1 }), await list({ priority: 5, countries: ['SE'] })];
    await rig.setPrices(market.operator, [{ offerId: goods.offerId, minor: 950, priceListId: all }, { offerId: goods.offerId, minor: 700, priceListId: all, minQuantity: 10 }, { offerId: goods.offerId, minor: 600, priceListId: abroad }]);
    expect(await rig.current(market.guest, goods)).toBe(950);
    const unit = async (quantity: number, country: string) => (await rig.quote(market.guest, [[goods, quantity]], { destination: { country, region: null, city: null, district: null, postalCode: null } })).lines[0]?.unitPriceMinor;
    expect([await unit(9, 'DK'), await unit(10, 'DK'), await unit(1, 'SE')]).toEqual([950, 700, 600]);
    await rig.mutate(market.operator, 'endPriceList', { priceListId: all });
    expect(await rig.current(market.guest, goods)).toBe(1_000);
  });

  it('of a variant is a range over its offers', async () => {
    const market = rig.market();
    const variantId = newId('var');
    for (const minor of [300, 900, 500]) await rig.priced(market, minor, { variantId });
    const range = async (id: string) => (await rig.read<{ _entities: unknown[] }>(market.guest, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on ProductVariant { priceRange { min { minor } max { minor } } } } }', { r: [{ __typename: 'ProductVariant', id }] }))._entities;
    expect(await range(variantId)).toEqual([{ priceRange: { min: { minor: 300 }, max: { minor: 900 } } }]);
    expect(await range(newId('var'))).toEqual([null]);
  });

  it('is read by one statement for a hundred offers as for five, and by seven where a moment has come', async () => {
    // Without jobs, which look at the clock beside us and would be counted.
    await using quiet = await PricingRig.start({ definition: { ...pricing, jobs: [] } });
    const market = quiet.market();
    const goods = await Promise.all(Array.from({ length: 100 }, () => quiet.goods(market)));
    await quiet.setPrices(market.operator, goods.map(({ offerId }) => ({ offerId, minor: 100 })));
    await quiet.setPrices(market.operator, goods.map(({ offerId }) => ({ offerId, minor: 90, from: new Date(quiet.clock.now().getTime() + dayMs).toISOString() })));
    const load = (count: number) => statements.during(() => quiet.shown(market.guest, goods.slice(0, count)));
    await load(1);
    expect([await load(5), await load(100)]).toEqual([1, 1]);
    quiet.clock.advance(dayMs);
    expect([await load(5), await load(100)]).toEqual([7, 7]);
  });

  it('changes for many offers at once, each said once', async () => {
    const market = rig.market();
    const goods = await Promise.all(Array.from({ length: 120 }, () => rig.goods(market)));
    await rig.setPrices(market.operator, goods.map(({ offerId }) => ({ offerId, minor: 100 })));
    await rig.setPrices(market.operator, goods.map(({ offerId }) => ({ offerId, minor: 90, from: inDays(1) })));
    rig.clock.advance(dayMs);
    for (let run = 0; run < 2; run += 1) await rig.runJobs();
    expect((await rig.said(market, 'price-changed')).filter((payload) => (payload['price'] as { currentMinor: number }).currentMinor === 90)).toHaveLength(120);
  });

  it('is said again by republish', async () => {
    const market = rig.market();
    const goods = await rig.priced(market, 4_200);
    const { id } = await rig.mutate(market.operator, 'createPromotion', { name: 'Ten off', class: 'ORDER', effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, '... on Promotion { id }');
    await rig.subgraph.running.republish([market.id]);
    expect((await rig.subgraph.events(market.id)).slice(2)).toMatchObject([
      { republished: true, aggregate: { id: goods.offerId, version: 1 }, payload: { price: { currentMinor: 4_200 } } }, { republished: true, aggregate: { id, version: 1 }, payload: { name: 'Ten off' } },
    ]);
  });
});
