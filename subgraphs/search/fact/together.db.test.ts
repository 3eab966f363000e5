import { offerChanged, productPublished } from '@haat/schema/events/catalog';
import { stockBack } from '@haat/schema/events/inventory';
import { priceChanged } from '@haat/schema/events/pricing';
import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, productState, type Marketplace } from '../testing/search-rig.js';

describe('what is said at the same time', () => {
  let statements: StatementCount;
  let rig: SearchRig;
  beforeAll(async () => {
    statements = countStatements();
    rig = await SearchRig.start();
  });
  afterAll(async () => {
    await rig[Symbol.asyncDispose]();
    statements[Symbol.dispose]();
  });

  /** Products of one category and vendor, each with an offer, a price and a piece, said together; in which order the kinds come is told. */
  async function said(market: Marketplace, count: number, isReversed = false): Promise<void> {
    const [vendorId, categoryId] = [newId('ven'), await rig.category(market, 'Lamps')];
    const states = Array.from({ length: count }, (_, n) => productState({ title: `Lamp ${n}`, categoryIds: [categoryId] }));
    const sold = states.map(({ productId }) => ({ productId, offerId: newId('ofr'), vendorId, variantId: 'var_1' }));
    const version = 1;
    const { tenant: { id, currency } } = market;
    const kinds = [
      () => rig.subgraph.hearTogether(productPublished, id, states.map((payload) => ({ aggregate: { id: payload.productId, version }, payload }))),
      () => rig.subgraph.hearTogether(offerChanged, id, sold.map((one) => ({ aggregate: { id: one.offerId, version }, payload: { ...one, vendorSku: 'V-1', status: 'ACTIVE' as const, shippingProfile: 'default' } }))),
      () => rig.subgraph.hearTogether(priceChanged, id, sold.map((one, n) => ({ aggregate: { id: one.offerId, version }, payload: { ...one, currency, price: { currentMinor: 100 + n, taxIncluded: true } } }))),
      () => rig.subgraph.hearTogether(stockBack, id, sold.map(({ offerId }) => ({ aggregate: { id: offerId, version }, payload: { offerId, vendorId, available: 1, backorder: false } }))),
    ];
    for (const say of isReversed ? kinds.toReversed() : kinds) expect(new Set(await say())).toEqual(new Set(['applied']));
  }

  it.each([[false], [true]])('is found, with its prices and stock, in whatever order its kinds come', async (isReversed) => {
    const market = rig.open();
    await said(market, 12, isReversed);
    const { search } = await rig.read<{ search: { totalCount: number; nodes: { priceRange: { min: { minor: number } }; inStock: boolean }[] } }>(market.guest, '{ search(query: "lamp", first: 20) { totalCount nodes { priceRange { min { minor } } inStock } } }');
    expect(search.totalCount).toBe(12);
    expect(search.nodes.map(({ priceRange }) => priceRange.min.minor).sort()).toEqual(Array.from({ length: 12 }, (_, n) => 100 + n));
    expect(search.nodes.every(({ inStock }) => inStock)).toBe(true);
  });

  it('costs as many statements for forty products as for four', async () => {
    const few = await statements.during(() => said(rig.open(), 4));
    expect(await statements.during(() => said(rig.open(), 40))).toBe(few);
  });
});
