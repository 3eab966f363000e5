import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, productState, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
beforeAll(async () => { rig = await SearchRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

interface Shown { readonly priceRange: { readonly min: { readonly minor: number }; readonly max: { readonly minor: number } } | null; readonly inStock: boolean }
const shown = async ({ guest }: Marketplace, id: string): Promise<Shown | null> => (await rig.read<{ _entities: (Shown | null)[] }>(
  guest, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Product { priceRange { min { minor } max { minor } } inStock } } }', { r: [{ __typename: 'Product', id }] },
))._entities[0] ?? null;
const range = (min: number, max = min) => ({ min: { minor: min }, max: { minor: max } });

describe('what offers come to', () => {
  it('is the range of their prices, and whether one of them is in stock', async () => {
    const market = rig.open();
    const { productId } = await rig.sold(market, { title: 'Lamp' }, { minor: 500 });
    const dear = { offerId: newId('ofr'), productId, vendorId: newId('ven') };
    await rig.offer(market, dear);
    await rig.price(market, dear, 900);
    expect(await shown(market, productId)).toEqual({ priceRange: range(500, 900), inStock: true });
    await rig.price(market, dear, undefined);
    expect(await shown(market, productId)).toMatchObject({ priceRange: range(500) });
  });

  it('is the same in whatever order it is said', async () => {
    const market = rig.open();
    const [state, offerId, vendorId] = [productState({ title: 'Lamp' }), newId('ofr'), newId('ven')];
    const { productId } = state;
    await rig.stock(market, { offerId, vendorId }, 2);
    await rig.price(market, { offerId, productId, vendorId }, 700);
    expect(await shown(market, productId)).toBeNull();
    await rig.offer(market, { offerId, productId, vendorId });
    await rig.sayProduct(market, state);
    expect(await shown(market, productId)).toEqual({ priceRange: range(700), inStock: true });
  });

  it('is right when everything is said at the same moment', async () => {
    const market = rig.open();
    const states = Array.from({ length: 8 }, (_, n) => productState({ title: `Lamp ${n}` }));
    const vendorId = newId('ven');
    const offers = states.map(({ productId }) => ({ offerId: newId('ofr'), productId, vendorId }));
    await Promise.all(states.flatMap((state, n) => {
      const offer = offers[n] ?? { offerId: '', productId: '', vendorId };
      return [rig.price(market, offer, 100 + n), rig.sayProduct(market, state), rig.stock(market, offer, 1), rig.offer(market, offer)];
    }));
    for (const [n, { productId }] of states.entries()) expect(await shown(market, productId)).toEqual({ priceRange: range(100 + n), inStock: true });
  });

  it('vanishes with a suspended vendor, and comes back', async () => {
    const market = rig.open();
    const vendorId = newId('ven');
    const alone = await rig.sold(market, { title: 'Lamp alone' }, { vendorId, minor: 300 });
    const shared = await rig.sold(market, { title: 'Lamp shared' }, { vendorId, minor: 300 });
    const other = { offerId: newId('ofr'), productId: shared.productId, vendorId: newId('ven') };
    await rig.offer(market, other);
    await rig.price(market, other, 800);
    await rig.vendor(market, vendorId, 'SUSPENDED');
    expect(await rig.titles(market.guest, 'lamp')).toEqual(['Lamp shared']);
    expect(await shown(market, shared.productId)).toEqual({ priceRange: range(800), inStock: false });
    await rig.vendor(market, vendorId, 'APPROVED');
    expect(await rig.titles(market.guest, 'lamp')).toHaveLength(2);
    expect(await shown(market, alone.productId)).toEqual({ priceRange: range(300), inStock: true });
  });

  it('vanishes while its vendor is on holiday, as offers do, and comes back', async () => {
    const market = rig.open();
    const vendorId = newId('ven');
    const alone = await rig.sold(market, { title: 'Lamp alone' }, { vendorId, minor: 300 });
    const shared = await rig.sold(market, { title: 'Lamp shared' }, { vendorId, minor: 300 });
    const other = { offerId: newId('ofr'), productId: shared.productId, vendorId: newId('ven') };
    await rig.offer(market, other);
    await rig.price(market, other, 800);
    await rig.vendor(market, vendorId, 'APPROVED');
    await rig.vendor(market, vendorId, 'APPROVED', { onHoliday: true });
    const late = await rig.sold(market, { title: 'Lamp made meanwhile' }, { vendorId });
    expect(await rig.titles(market.guest, 'lamp')).toEqual(['Lamp shared']);
    expect(await rig.titles(market.guest, undefined, { filter: { inStock: true } })).toEqual([]);
    expect(await shown(market, shared.productId)).toEqual({ priceRange: range(800), inStock: false });
    await rig.vendor(market, vendorId, 'APPROVED');
    expect(await rig.titles(market.guest, undefined, { filter: { inStock: true } })).toHaveLength(3);
    for (const { productId } of [alone, late]) expect(await shown(market, productId)).toMatchObject({ inStock: true });
  });

  it('misses no offer that is made while its vendor is suspended', async () => {
    const market = rig.open();
    const vendorId = newId('ven');
    await Promise.all([...Array.from({ length: 10 }, (_, n) => rig.sold(market, { title: `Lamp ${n}` }, { vendorId })), rig.vendor(market, vendorId, 'SUSPENDED')]);
    expect(await rig.titles(market.guest, 'lamp')).toEqual([]);
  });
});

describe('what was said before', () => {
  it('never replaces what was said later', async () => {
    const market = rig.open();
    const { productId, offerId, vendorId } = await rig.sold(market, { title: 'Lamp' }, { minor: 500 });
    await rig.price(market, { productId, offerId, vendorId }, 900, 5_000);
    await rig.price(market, { productId, offerId, vendorId }, 100, 4_999);
    expect(await shown(market, productId)).toMatchObject({ priceRange: range(900) });
    await rig.sayProduct(market, productState({ productId, title: 'Lamp', status: 'ARCHIVED' }), 6_000);
    await rig.sayProduct(market, productState({ productId, title: 'Lamp', status: 'PUBLISHED' }), 5_999);
    expect(await rig.titles(market.guest, 'lamp')).toEqual([]);
  });
});

describe('what is not published', () => {
  it.each(['DRAFT', 'SCHEDULED', 'ARCHIVED'] as const)('is found by nobody while it is %s', async (status) => {
    const market = rig.open();
    const { productId } = await rig.product(market, { title: 'Secret Lamp' });
    expect(await rig.titles(market.guest, 'secret')).toHaveLength(1);
    await rig.sayProduct(market, productState({ productId, title: 'Secret Lamp', status }));
    expect(await rig.titles(market.operator, 'secret')).toEqual([]);
    expect(await shown(market, productId)).toBeNull();
  });
});

describe('another marketplace', () => {
  it('finds nothing of this one, by words, by id or by category', async () => {
    const [here, there] = [rig.open(), rig.open()];
    const categoryId = await rig.category(here, 'Lamps');
    const { productId } = await rig.sold(here, { title: 'Secret Lamp', categoryIds: [categoryId] });
    expect(await rig.titles(there.guest, 'secret')).toEqual([]);
    expect(await shown(there, productId)).toBeNull();
    expect(await rig.titles(there.guest, undefined, { filter: { categoryIds: [categoryId] } })).toEqual([]);
  });
});
