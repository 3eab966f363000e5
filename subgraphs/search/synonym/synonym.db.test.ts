import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
let market: Marketplace;
beforeAll(async () => {
  rig = await SearchRig.start();
  market = rig.open();
  await rig.sold(market, { title: 'Slim Power Bank', titles: { bn: 'পাতলা পাওয়ার ব্যাংক', sv: 'Tunn powerbank' } });
  await rig.sold(market, { title: 'Wool Jumper', titles: { sv: 'Ulltröja' } });
  await rig.sold(market, { title: 'Car Charger', titles: { sv: 'Billaddare' } });
});
afterAll(() => rig[Symbol.asyncDispose]());

const save = async (input: object, asker = market.operator): Promise<Record<string, unknown>> => (await rig.read<{ saveSynonyms: Record<string, unknown> }>(
  asker, 'mutation($input: SaveSynonymsInput!) { saveSynonyms(input: $input) { __typename ... on SynonymGroup { id locale words } ... on Problem { message } } }', { input },
)).saveSynonyms;

describe('synonyms', () => {
  it('find what is called otherwise, phrases too, in their language [SRCH-08]', async () => {
    expect(await rig.titles(market.guest, 'portable charger')).toEqual(['Car Charger']);
    const group = await save({ locale: 'en', words: ['Power Bank', 'portable charger', 'powerbank'] });
    expect(group).toMatchObject({ words: ['power bank', 'portable charger', 'powerbank'] });
    expect(await rig.titles(market.guest, 'portable charger')).toEqual(['Slim Power Bank']);
    await save({ locale: 'sv', words: ['ulltröja', 'pullover'] });
    expect(await rig.titles({ ...market.guest, locale: 'sv' }, 'pullover')).toEqual(['Ulltröja']);
    await rig.read(market.operator, 'mutation($input: RemoveSynonymsInput!) { removeSynonyms(input: $input) { __typename } }', { input: { synonymGroupId: group['id'] } });
    expect(await rig.titles(market.guest, 'portable charger')).toEqual(['Car Charger']);
  });

  it('are kept by staff of this marketplace, within their limits', async () => {
    await expect(save({ locale: 'en', words: ['jumper', 'sweater'] }, market.guest)).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(save({ locale: 'en', words: ['jumper', 'Jumper!'] })).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(save({ locale: 'en', words: ['a b c d e', 'f'] })).rejects.toThrow(/^BAD_USER_INPUT/);
    const { id } = await save({ locale: 'en', words: ['jumper', 'sweater'] });
    await expect(save({ synonymGroupId: id, locale: 'en', words: ['x', 'y'] }, rig.open().operator)).rejects.toThrow(/^NOT_FOUND/);
    const removing = 'mutation($input: RemoveSynonymsInput!) { removeSynonyms(input: $input) { __typename } }';
    expect(await rig.read(rig.open().operator, removing, { input: { synonymGroupId: id } })).toEqual({ removeSynonyms: { __typename: 'SynonymsNotKept' } });
    expect(await save({ synonymGroupId: id, locale: 'en', words: ['jumper', 'sweater', 'knit'] })).toMatchObject({ id, words: ['jumper', 'sweater', 'knit'] });
  });
});

describe('mistakes', () => {
  it.each([
    ['jumpr', ['Wool Jumper']], ['jumepr', ['Wool Jumper']], ['chargre', ['Car Charger']], ['wol', []], ['jxmpxr', []], ['পাওয়ার ব্যাঙক', ['Slim Power Bank']], ['ulltroja', ['Wool Jumper']],
  ])('are forgiven by the length of the word: %s [SRCH-08]', async (query, titles) => {
    expect(await rig.titles(market.guest, query)).toEqual(titles);
  });
});
