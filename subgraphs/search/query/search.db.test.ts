import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
beforeAll(async () => { rig = await SearchRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

describe('words', () => {
  let market: Marketplace;
  beforeAll(async () => {
    market = rig.open();
    await rig.sold(market, { title: 'Handloom Jamdani Saree', titles: { bn: 'হাতে বোনা জামদানি শাড়ি', sv: 'Handvävd Jamdanisari' }, description: 'Six yards with a blouse piece.' });
    await rig.sold(market, { title: 'Festive Silk Saree', titles: { bn: 'উৎসবের সিল্ক শাড়ি' } });
    await rig.sold(market, { title: 'Cotton Panjabi', titles: { bn: 'সুতি পাঞ্জাবি' }, variants: [{ id: 'var_1', sku: 'PAN-001/M', values: [] }] });
    await rig.sold(market, { title: 'Desk Lamp', titles: { sv: 'Skrivbordslampa' } });
    await rig.sold(market, { title: 'Pendant Lamp', titles: { sv: 'Taklampa' } });
  });
  const inLocale = (locale: string) => ({ ...market.guest, locale });

  it('are found in English, Bengali and Swedish, with their endings [SRCH-01]', async () => {
    expect(await rig.titles(market.guest, 'jamdani sarees')).toEqual(['Handloom Jamdani Saree']);
    expect(await rig.titles(inLocale('bn'), 'জামদানি শাড়িগুলো')).toEqual(['হাতে বোনা জামদানি শাড়ি']);
    expect(await rig.titles(inLocale('sv'), 'lampor')).toEqual(expect.arrayContaining(['Taklampa', 'Skrivbordslampa']));
    expect(await rig.titles(market.guest, 'শাড়ি')).toEqual(expect.arrayContaining(['Handloom Jamdani Saree', 'Festive Silk Saree']));
  });

  it('are found by the beginning of the last one, by a whole SKU, and in descriptions [SRCH-01]', async () => {
    expect(await rig.titles(market.guest, 'cotton pan')).toEqual(['Cotton Panjabi']);
    expect(await rig.titles(market.guest, 'pan-001/m')).toEqual(['Cotton Panjabi']);
    expect(await rig.titles(market.guest, 'blouse')).toEqual(['Handloom Jamdani Saree']);
  });

  it('that are mistyped are put right, and that is said [SRCH-01, SRCH-08]', async () => {
    const ask = (query: string) => rig.read<{ search: object }>(market.guest, 'query($query: String) { search(query: $query) { correctedQuery totalCount nodes { product { title } } } }', { query });
    expect(await ask('jamdnai saree')).toMatchObject({ search: { correctedQuery: 'jamdani saree', totalCount: 1 } });
    expect(await ask('jamdani saree')).toMatchObject({ search: { correctedQuery: null, totalCount: 1 } });
    expect(await ask('zzzzzzzz')).toMatchObject({ search: { correctedQuery: null, totalCount: 0, nodes: [] } });
  });

  it.each(['\u0000', 'a\u0000b', '\ud800', "'; drop table posting; --", '%_\\', '🪔'.repeat(90), 'x:en:', ' '])('that are none are answered or refused in words of ours: %j', async (word) => {
    const asked = [{ query: word }, { filter: { tags: [word], attributes: [{ key: word, values: [word] }], options: [{ name: word, values: [word] }] } }, { filter: { categoryIds: [word], collectionId: word, vendorIds: [word], promotionId: word } }];
    for (const variables of asked) {
      const { errors = [] } = await rig.subgraph.ask(market.guest, 'query($query: String, $filter: SearchFilter) { search(query: $query, filter: $filter) { totalCount facets { key } } }', variables);
      expect(errors.filter(({ extensions }) => extensions?.['code'] !== 'BAD_USER_INPUT')).toEqual([]);
    }
    const { errors = [] } = await rig.subgraph.ask(market.guest, 'query($prefix: String!) { suggest(prefix: $prefix) { text } }', { prefix: word });
    expect(errors.filter(({ extensions }) => extensions?.['code'] !== 'BAD_USER_INPUT')).toEqual([]);
  });

  it('are shown where they stand [SRCH-01]', async () => {
    const { search } = await rig.read<{ search: { nodes: object[] } }>(market.guest, '{ search(query: "saree blouse") { nodes { highlights { field parts { text isMatch } } } } }');
    expect(search.nodes[0]).toEqual({ highlights: [
      { field: 'title', parts: [{ text: 'Handloom Jamdani ', isMatch: false }, { text: 'Saree', isMatch: true }] },
      { field: 'description', parts: [{ text: 'Six yards with a ', isMatch: false }, { text: 'blouse', isMatch: true }, { text: ' piece.', isMatch: false }] },
    ] });
  });
});
