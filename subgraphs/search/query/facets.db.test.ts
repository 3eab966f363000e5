import { newId } from '@haat/kit/id';
import type { ProductState } from '@haat/schema/events/catalog';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, productState, type Marketplace } from '../testing/search-rig.js';

const colours = ['Red', 'Green', 'Blue'];
const shades = ['Scarlet', 'Lime', 'Navy'];
const goods = ['Lamp', 'Mat', 'Bowl', 'Tray'];

interface Known {
  readonly state: ProductState;
  readonly places: readonly string[];
  readonly vendorId: string;
  readonly minor: number;
  readonly inStock: boolean;
}

type Filter = Record<string, unknown>;
interface Asked { readonly totalCount: number; readonly facets: { readonly key: string; readonly values: { readonly value: string; readonly count: number }[] }[] }

let rig: SearchRig;
let market: Marketplace;
let known: Known[];
let place: { home: string; kitchen: string; floor: string };
const vendors = [newId('ven'), newId('ven')];

beforeAll(async () => {
  rig = await SearchRig.start();
  market = rig.open();
  const home = await rig.category(market, 'Home');
  place = { home, kitchen: await rig.category(market, 'Kitchen', [home]), floor: await rig.category(market, 'Floor') };
  known = await Promise.all(Array.from({ length: 60 }, (_, n) => make(n)));
});
afterAll(() => rig[Symbol.asyncDispose]());

async function make(n: number): Promise<Known> {
  const categoryId = [place.home, place.kitchen, place.floor][n % 3] ?? '';
  const state = productState({
    title: `${colours[n % 2]} ${goods[n % 4]} ${n}`, categoryIds: [categoryId], tags: n % 5 === 0 ? ['gift'] : [],
    attributes: [{ key: 'width', kind: 'NUMBER', number: [20, 35, 50][n % 3] }, { key: 'handmade', kind: 'BOOLEAN', isTrue: n % 2 === 0 }, { key: 'safe-in', kind: 'MULTI_CHOICE', choices: n % 4 === 0 ? ['oven', 'freezer'] : ['oven'] }],
    options: [{ name: 'Colour', values: shades.slice(0, 1 + (n % 3)), texts: {} }],
  });
  await rig.sayProduct(market, state);
  const [vendorId = '', minor, inStock] = [vendors[n % 2], 100 * (1 + n), n % 3 !== 0];
  const offerId = newId('ofr');
  await rig.offer(market, { offerId, productId: state.productId, vendorId });
  await rig.price(market, { offerId, productId: state.productId, vendorId }, minor);
  if (inStock) await rig.stock(market, { offerId, vendorId }, 3);
  return { state, places: categoryId === place.kitchen ? [place.home, place.kitchen] : [categoryId], vendorId, minor, inStock };
}

/** Each part of a filter as a condition of its facet, by hand. */
const conditions: Readonly<Record<string, (filter: never) => { facet: string; holds: (one: Known) => boolean }[]>> = {
  categoryIds: (ids: string[]) => [{ facet: 'category', holds: (one) => one.places.some((id) => ids.includes(id)) }],
  vendorIds: (ids: string[]) => [{ facet: 'vendor', holds: (one) => ids.includes(one.vendorId) }],
  tags: (tags: string[]) => [{ facet: 'tag', holds: ({ state }) => state.tags.some((tag) => tags.includes(tag)) }],
  price: ({ min = 0, max = Infinity }: { min?: number; max?: number }) => [{ facet: 'price', holds: ({ minor }) => minor >= min && minor <= max }],
  inStock: (wanted: boolean) => [{ facet: 'inStock', holds: ({ inStock }) => inStock === wanted }],
  options: (all: { name: string; values: string[] }[]) => all.map(({ name, values }) => ({ facet: `option.${name}`, holds: ({ state }) => state.options.some((option) => option.name === name && option.values.some((value) => values.includes(value))) })),
  attributes: (all: { key: string; values?: string[]; min?: number; max?: number }[]) => all.map(({ key, values, min = -Infinity, max = Infinity }) => ({
    facet: `attribute.${key}`,
    holds: ({ state }) => state.attributes.some((one) => one.key === key && (values ? attributeValues(one).some((value) => values.includes(value)) : (one.number ?? NaN) >= min && (one.number ?? NaN) <= max)),
  })),
};

function attributeValues({ choices, number, isTrue, text }: ProductState['attributes'][number]): string[] {
  return choices ?? [String(number ?? isTrue ?? text)];
}

function entriesOf({ state, places, vendorId, minor, inStock }: Known): [string, string][] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000].filter((one) => one <= minor).at(-1);
  return [
    ...places.map((id): [string, string] => ['category', id]), ['vendor', vendorId], ['inStock', String(inStock)], ['price', String(step)], ['type', 'thing'], ...state.tags.map((tag): [string, string] => ['tag', tag]),
    ...state.attributes.flatMap((one) => attributeValues(one).map((value): [string, string] => [`attribute.${one.key}`, value])), ...state.options.flatMap(({ name, values }) => values.map((value): [string, string] => [`option.${name}`, value])),
  ];
}

function counted(filter: Filter, word?: string): { total: number; counts: Map<string, number> } {
  const all = Object.entries(filter).flatMap(([part, said]) => conditions[part]?.(said as never) ?? []);
  const fitting = known.filter(({ state }) => word === undefined || state.texts['en']?.title.includes(word));
  const counts = new Map<string, number>();
  for (const one of fitting) {
    const failed = new Set(all.filter(({ holds }) => !holds(one)).map(({ facet }) => facet));
    for (const [facet, value] of entriesOf(one)) if ([...failed].every((each) => each === facet)) counts.set(`${facet} ${value}`, (counts.get(`${facet} ${value}`) ?? 0) + 1);
  }
  return { total: fitting.filter((one) => all.every(({ holds }) => holds(one))).length, counts };
}

async function ask(filter: Filter, query?: string): Promise<{ total: number; counts: Map<string, number> }> {
  const { search } = await rig.read<{ search: Asked }>(market.guest, 'query($query: String, $filter: SearchFilter) { search(query: $query, filter: $filter) { totalCount facets { key values { value count } } } }', { query, filter });
  return { total: search.totalCount, counts: new Map(search.facets.flatMap(({ key, values }) => values.map(({ value, count }): [string, number] => [`${key} ${value}`, count]))) };
}

const sorted = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

describe('facets', () => {
  const filters = (): [Filter, string?][] => [
    [{}], [{}, 'Lamp'], [{ categoryIds: [place.home] }], [{ categoryIds: [place.kitchen, place.floor], inStock: true }], [{ tags: ['gift'] }, 'Red'],
    [{ vendorIds: [vendors[0]], price: { min: 1_000, max: 4_000 } }], [{ options: [{ name: 'Colour', values: ['Navy', 'Lime'] }], attributes: [{ key: 'handmade', values: ['true'] }] }],
    [{ attributes: [{ key: 'width', min: 30 }, { key: 'safe-in', values: ['freezer'] }], inStock: false }, 'Bowl'], [{ attributes: [{ key: 'width', min: 30, max: 40 }] }], [{ price: { min: 999_999 } }], [{ price: { max: 250 } }, 'Mat'],
  ];

  it('count what a count by hand does, each without its own filter [SRCH-02]', async () => {
    for (const [filter, word] of filters()) {
      const [ours, byHand] = [await ask(filter, word), counted(filter, word)];
      expect([filter, word, ours.total]).toEqual([filter, word, byHand.total]);
      expect([filter, word, sorted(ours.counts)]).toEqual([filter, word, sorted(byHand.counts)]);
    }
  });

  it('are named in the language of the viewer, with what is chosen marked [SRCH-02]', async () => {
    const bengali = await rig.category(market, 'Books', [], { names: { en: 'Books', bn: 'বই' } });
    await rig.product(market, { title: 'Album', categoryIds: [bengali] });
    const { search: alone } = await rig.read<{ search: { facets: { key: string; values: object[] }[] } }>({ ...market.guest, locale: 'bn' }, 'query($filter: SearchFilter) { search(filter: $filter) { facets { key values { value name isSelected count } } } }', { filter: { categoryIds: [bengali] } });
    expect(alone.facets.find(({ key }) => key === 'category')?.values).toEqual(expect.arrayContaining([{ value: bengali, name: 'বই', isSelected: true, count: 1 }]));
  });
});

describe('orders and pages', () => {
  interface Hit { readonly productId: string; readonly priceRange: { readonly min: { readonly minor: number } } | null; readonly product: { readonly title: string } }
  interface Page { readonly search: { readonly nodes: Hit[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } } }
  const text = 'query($sort: SearchSort, $after: String) { search(sort: $sort, first: 7, after: $after, query: "Red") { nodes { productId priceRange { min { minor } } product { title } } pageInfo { hasNextPage endCursor } } }';
  const all = async (sort: string): Promise<Hit[]> => {
    const found: Hit[] = [];
    let after: string | null = null;
    for (let page = 0; page < 20; page += 1) {
      const answer: Page = await rig.read<Page>(market.guest, text, { sort, after });
      found.push(...answer.search.nodes);
      if (!answer.search.pageInfo.hasNextPage) return found;
      after = answer.search.pageInfo.endCursor;
    }
    throw new Error('The pages never end.');
  };

  it.each(['RELEVANCE', 'PRICE_ASC', 'PRICE_DESC', 'NEWEST', 'TITLE'])('show everything once, by %s [SRCH-03]', async (sort) => {
    const found = await all(sort);
    expect(new Set(found.map(({ productId }) => productId)).size).toBe(30);
    expect(found).toHaveLength(30);
    const prices = found.map(({ priceRange }) => priceRange?.min.minor ?? 0);
    const titles = found.map(({ product }) => product.title.toLowerCase());
    if (sort === 'PRICE_ASC') expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    if (sort === 'PRICE_DESC') expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    if (sort === 'TITLE') expect(titles).toEqual(titles.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('refuse a cursor of another search, and what is no filter', async () => {
    const { search } = await rig.read<{ search: { pageInfo: { endCursor: string } } }>(market.guest, '{ search(query: "Red", first: 2) { pageInfo { endCursor } } }');
    await expect(rig.read(market.guest, 'query($after: String) { search(query: "Lamp", after: $after) { totalCount } }', { after: search.pageInfo.endCursor })).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(rig.read(market.guest, '{ search(first: 101) { totalCount } }')).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(rig.read(market.guest, 'query($query: String) { search(query: $query) { totalCount } }', { query: 'x'.repeat(201) })).rejects.toThrow(/^BAD_USER_INPUT/);
  });
});
