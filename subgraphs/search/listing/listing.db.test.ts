import { promotionEnded, promotionStarted } from '@haat/schema/events/pricing';
import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { SearchRig, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await SearchRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

interface Listed { readonly products: { readonly nodes: { readonly id: string; readonly priceRange: object | null }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } } }
const listed = async ({ guest }: Marketplace, keys: readonly object[], args = '(first: 10)'): Promise<(Listed | null)[]> => (await rig.read<{ _entities: (Listed | null)[] }>(
  guest, `query($r: [_Any!]!) { _entities(representations: $r) { ... on Category { products${args} { nodes { id priceRange { min { minor } } } pageInfo { hasNextPage endCursor } } } ... on Collection { products${args} { nodes { id priceRange { min { minor } } } pageInfo { hasNextPage endCursor } } } } }`, { r: keys },
))._entities;
const idsOf = (one: Listed | null | undefined): string[] => one?.products.nodes.map(({ id }) => id) ?? [];
const category = (id: string) => ({ __typename: 'Category', id });
const collection = (id: string) => ({ __typename: 'Collection', id });

describe('a category', () => {
  it('has what lies in it and below it, in the order and with the filter asked for', async () => {
    const market = rig.open();
    const home = await rig.category(market, 'Home');
    const lamps = await rig.category(market, 'Lamps', [home]);
    const cheap = await rig.sold(market, { title: 'Small', categoryIds: [lamps] }, { minor: 100 });
    const dear = await rig.sold(market, { title: 'Big', categoryIds: [home] }, { minor: 900, inStock: false });
    await rig.sold(market, { title: 'Elsewhere' });
    const [inHome, inLamps] = await listed(market, [category(home), category(lamps)], '(first: 10, sort: PRICE_DESC)');
    expect(idsOf(inHome)).toEqual([dear.productId, cheap.productId]);
    expect(idsOf(inLamps)).toEqual([cheap.productId]);
    expect(idsOf((await listed(market, [category(home)], '(filter: { inStock: true })'))[0])).toEqual([cheap.productId]);
    expect(await listed(market, [category('cat_none')])).toEqual([null]);
  });

  it('is read page after page, each product once', async () => {
    const market = rig.open();
    const lamps = await rig.category(market, 'Lamps');
    const all = await Promise.all(Array.from({ length: 9 }, (_, n) => rig.sold(market, { title: `Lamp ${n}`, categoryIds: [lamps] }, { minor: 100 * (n % 3) })));
    const found: string[] = [];
    let after = '';
    for (let page = 0; page < 3; page += 1) {
      const [one] = await listed(market, [category(lamps)], `(first: 4, sort: PRICE_ASC${after && `, after: "${after}"`})`);
      found.push(...idsOf(one));
      after = one?.products.pageInfo.endCursor ?? '';
    }
    expect(found.toSorted()).toEqual(all.map(({ productId }) => productId).toSorted());
  });

  it('that is moved or renamed is followed by its products', async () => {
    const market = rig.open();
    const [home, garden] = [await rig.category(market, 'Home'), await rig.category(market, 'Garden')];
    const lamps = await rig.category(market, 'Lights', [home]);
    const { productId } = await rig.sold(market, { title: 'Lantern', categoryIds: [lamps] });
    await rig.category(market, 'Illumination', [garden], { categoryId: lamps });
    await rig.subgraph.runJob('write-dirty-products');
    expect((await listed(market, [category(home), category(garden)])).map(idsOf)).toEqual([[], [productId]]);
    expect(await rig.titles(market.guest, 'illumination')).toEqual(['Lantern']);
  });

  it('that is heard of after its products has them', async () => {
    const market = rig.open();
    const home = await rig.category(market, 'Home');
    const { productId } = await rig.sold(market, { title: 'Lantern', categoryIds: ['cat_later'] });
    await rig.category(market, 'Lamps', [home], { categoryId: 'cat_later' });
    await rig.subgraph.runJob('write-dirty-products');
    expect((await listed(market, [category(home), category('cat_later')])).map(idsOf)).toEqual([[productId], [productId]]);
  });

  it('costs as many statements as a hundred of them', async () => {
    const market = rig.open();
    const ids = await Promise.all(Array.from({ length: 100 }, (_, n) => rig.category(market, `Place ${n}`)));
    await rig.sold(market, { title: 'Lamp', categoryIds: ids.slice(0, 10) });
    const load = (count: number) => statements.during(() => listed(market, ids.slice(0, count).map(category)));
    await load(1);
    const [five, hundred] = [await load(5), await load(100)];
    expect(five).toBe(3);
    expect(hundred).toBe(five);
  });
});

describe('a collection', () => {
  it('has the products named, in their order, or those its rule finds', async () => {
    const market = rig.open();
    const gifts = await rig.category(market, 'Gifts');
    const [a, b, c] = [await rig.sold(market, { title: 'A', tags: ['eid'], categoryIds: [gifts] }), await rig.sold(market, { title: 'B', tags: ['eid'] }), await rig.sold(market, { title: 'C' })];
    const named = await rig.collection(market, { productIds: [c.productId, 'prod_gone', a.productId] });
    const ruled = await rig.collection(market, { productIds: [], rule: { tags: ['eid', 'other'], categoryIds: [], typeKeys: ['thing'] } });
    const narrow = await rig.collection(market, { productIds: [], rule: { tags: ['eid'], categoryIds: [gifts], typeKeys: [] } });
    const found = await listed(market, [named, ruled, narrow].map(collection));
    expect(idsOf(found[0])).toEqual([c.productId, a.productId]);
    expect(idsOf(found[1]).toSorted()).toEqual([a.productId, b.productId].toSorted());
    expect(idsOf(found[2])).toEqual([a.productId]);
    expect(await rig.titles(market.guest, undefined, { filter: { collectionId: named } })).toEqual(['C', 'A']);
    expect(await rig.titles(market.guest, undefined, { filter: { collectionId: narrow } })).toEqual(['A']);
    expect(idsOf((await listed(market, [category(gifts)], `(filter: { collectionId: "${ruled}" })`))[0])).toEqual([a.productId]);
    expect(idsOf((await listed(market, [category(gifts)], '(filter: { promotionId: "prm_none" })'))[0])).toEqual([]);
    expect(await listed(market, [collection('col_none')])).toEqual([null]);
  });
});

describe('a running promotion', () => {
  it('lists its goods until it ends', async () => {
    const market = rig.open();
    const { productId } = await rig.sold(market, { title: 'Lamp' });
    await rig.sold(market, { title: 'Mat' });
    const payload = { promotionId: 'prm_1', name: 'Eid', class: 'LINE' as const, vendorIds: [], productIds: [productId], categoryIds: [] };
    await rig.hear(market, promotionStarted, { id: 'prm_1', payload });
    expect(await rig.titles(market.guest, undefined, { filter: { promotionId: 'prm_1' } })).toEqual(['Lamp']);
    await rig.hear(market, promotionEnded, { id: 'prm_1', payload });
    expect(await rig.titles(market.guest, undefined, { filter: { promotionId: 'prm_1' } })).toEqual([]);
  });
});

describe('what a promotion is given on', () => {
  type Goods = NonNullable<z.infer<typeof promotionStarted.payload>['goods']>[number];
  const nothing: Goods = { productIds: [], categoryIds: [], vendorIds: [], productTypes: [], attributes: [], excludedProductIds: [], excludedCategoryIds: [] };
  const lists = async (market: Marketplace, id: string, ...goods: Partial<Goods>[]): Promise<string[]> => {
    const payload = { promotionId: id, name: 'Eid', class: 'LINE' as const, vendorIds: [], productIds: [], categoryIds: [], goods: goods.map((one) => ({ ...nothing, ...one })) };
    await rig.hear(market, promotionStarted, { id, payload });
    return (await rig.titles(market.guest, undefined, { filter: { promotionId: id } })).toSorted();
  };

  it('is listed by any of its alternatives, each of which holds as a whole', async () => {
    const market = rig.open();
    const homes = await rig.category(market, 'Homes');
    const lamp = await rig.sold(market, { title: 'Lamp', categoryIds: [homes], attributes: [{ key: 'glow', kind: 'BOOLEAN', isTrue: true }] });
    const mat = await rig.sold(market, { title: 'Mat', typeKey: 'woven' });
    await rig.sold(market, { title: 'Pot', categoryIds: [homes], attributes: [{ key: 'glow', kind: 'BOOLEAN', isTrue: false }] });
    const listed = (...goods: Partial<Goods>[]) => lists(market, newId('prm'), ...goods);
    expect(await listed({ categoryIds: [homes] }, { productIds: [mat.productId] })).toEqual(['Lamp', 'Mat', 'Pot']);
    expect(await listed({ attributes: [{ code: 'glow', values: ['true'] }] }, { productTypes: ['woven'] })).toEqual(['Lamp', 'Mat']);
    expect(await listed({ categoryIds: [homes], excludedProductIds: [lamp.productId] })).toEqual(['Pot']);
    expect(await listed({ excludedCategoryIds: [homes] })).toEqual(['Mat']);
    expect(await listed({ categoryIds: [homes], vendorIds: [lamp.vendorId] })).toEqual(['Lamp']);
    expect(await listed({})).toEqual(['Lamp', 'Mat', 'Pot']);
    expect(await listed()).toEqual([]);
  });
});

describe('a page of hits', () => {
  it('is as many statements for 100 as for 5, with facets one more', async () => {
    const market = rig.open();
    await Promise.all(Array.from({ length: 100 }, (_, n) => rig.sold(market, { title: `Red Lamp ${n}` })));
    const load = (first: number, select: string) => statements.during(async () => {
      const { search } = await rig.read<{ search: { nodes: object[] } }>(market.guest, `query($first: Int) { search(query: "red lamp", first: $first) { totalCount nodes { productId ${select} } ${select && 'facets { key }'} } }`, { first });
      expect(search.nodes).toHaveLength(first);
    });
    await load(1, '');
    expect([await load(5, ''), await load(100, '')]).toEqual([2, 2]);
    expect([await load(5, 'highlights { field }'), await load(100, 'highlights { field }')]).toEqual([4, 4]);
  });
});
