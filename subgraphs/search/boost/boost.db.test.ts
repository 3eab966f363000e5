import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
let market: Marketplace;
let goods: { a: string; b: string; c: string; category: string; vendorId: string };
beforeAll(async () => { rig = await SearchRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const save = async (input: object, asker = market.operator): Promise<Record<string, unknown>> => (await rig.read<{ saveBoost: Record<string, unknown> }>(
  asker, 'mutation($input: SaveBoostInput!) { saveBoost(input: $input) { __typename ... on Boost { id query action targetKind targetValue factor position } ... on Problem { message } } }', { input },
)).saveBoost;

beforeAll(async () => {
  market = rig.open();
  const category = await rig.category(market, 'Lamps');
  const [a, b, c] = [await rig.sold(market, { title: 'Lamp A', categoryIds: [category] }), await rig.sold(market, { title: 'Lamp B', categoryIds: [category], tags: ['new'] }), await rig.sold(market, { title: 'Lamp C', categoryIds: [category] }, { inStock: false })];
  goods = { a: a.productId, b: b.productId, c: c.productId, category, vendorId: a.vendorId };
});

describe('a boost', () => {
  it('puts stock in front of none, and is multiplied by what staff says [SRCH-05]', async () => {
    expect((await rig.titles(market.guest, 'lamp')).at(-1)).toBe('Lamp C');
    const { id } = await save({ query: 'LAMP!', action: 'BOOST', targetKind: 'PRODUCT', targetValue: goods.c, factor: 3 });
    expect((await rig.titles(market.guest, 'lamp'))[0]).toBe('Lamp C');
    expect((await rig.titles(market.guest, 'lamps')).at(-1)).toBe('Lamp C');
    const explained = '{ search(query: "lamp", first: 1) { nodes { score explanation { text stock boost boostIds } } } }';
    const { search } = await rig.read<{ search: { nodes: { score: number; explanation: { text: number; stock: number; boost: number } }[] } }>(market.operator, explained);
    const [hit] = search.nodes;
    expect(hit?.explanation).toMatchObject({ stock: 0.6, boost: 3, boostIds: [id] });
    expect(hit?.score).toBeCloseTo((hit?.explanation.text ?? 0) * 0.6 * 3, 5);
    expect(await rig.read(market.guest, explained)).toMatchObject({ search: { nodes: [{ explanation: null }] } });
    expect(await rig.read(market.operator, 'mutation($input: RemoveBoostInput!) { removeBoost(input: $input) { ... on RemoveBoostSucceeded { boostId } } }', { input: { boostId: id } })).toEqual({ removeBoost: { boostId: id } });
    expect((await rig.titles(market.guest, 'lamp')).at(-1)).toBe('Lamp C');
  });

  it('pins and hides, on the page of one category or everywhere [SRCH-05]', async () => {
    await save({ categoryId: goods.category, action: 'PIN', targetKind: 'PRODUCT', targetValue: goods.c, position: 1 });
    await save({ categoryId: goods.category, action: 'PIN', targetKind: 'TAG', targetValue: 'new', position: 2 });
    expect(await rig.titles(market.guest, undefined, { filter: { categoryIds: [goods.category] } })).toEqual(['Lamp C', 'Lamp B', 'Lamp A']);
    const { _entities } = await rig.read<{ _entities: { products: { nodes: { id: string }[] } }[] }>(market.guest, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Category { products { nodes { id } } } } }', { r: [{ __typename: 'Category', id: goods.category }] });
    expect(_entities[0]?.products.nodes.map(({ id }) => id)).toEqual([goods.c, goods.b, goods.a]);
    const { id } = await save({ action: 'HIDE', targetKind: 'VENDOR', targetValue: goods.vendorId });
    expect(await rig.titles(market.guest, 'lamp')).not.toContain('Lamp A');
    await save({ boostId: id, action: 'HIDE', targetKind: 'TAG', targetValue: 'nothing' });
    expect(await rig.titles(market.guest, 'lamp')).toContain('Lamp A');
  });

  it('is for staff of this marketplace, within its limits', async () => {
    const wish = { action: 'BOOST', targetKind: 'TAG', targetValue: 'new', factor: 2 };
    await expect(save(wish, market.guest)).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(save({ ...wish, factor: 1_000 })).rejects.toThrow(/^BAD_USER_INPUT/);
    const { id } = await save(wish);
    const there = rig.open();
    await expect(save({ ...wish, boostId: id }, there.operator)).rejects.toThrow(/^NOT_FOUND/);
    const removing = 'mutation($input: RemoveBoostInput!) { removeBoost(input: $input) { __typename } }';
    expect(await rig.read(there.operator, removing, { input: { boostId: id } })).toEqual({ removeBoost: { __typename: 'BoostNotKept' } });
    expect(await rig.read(there.operator, '{ boosts { nodes { id } } }')).toEqual({ boosts: { nodes: [] } });
    expect(await rig.read(market.operator, '{ boosts(last: 1) { nodes { id } } }')).toEqual({ boosts: { nodes: [{ id }] } });
  });
});
