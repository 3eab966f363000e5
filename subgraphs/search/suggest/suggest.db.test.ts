import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
let market: Marketplace;
beforeAll(async () => {
  rig = await SearchRig.start();
  market = rig.open();
  const [vendorId, lamps] = [newId('ven'), await rig.category(market, 'Lamps and Lights')];
  await rig.category(market, 'Lamp Oil');
  await rig.vendor(market, vendorId, 'APPROVED', { name: 'Lampmaker' });
  await rig.sold(market, { title: 'Brass Table Lamp', categoryIds: [lamps], titles: { bn: 'পিতলের টেবিল ল্যাম্প' } }, { vendorId });
  await rig.sold(market, { title: 'Bamboo Lampshade', categoryIds: [lamps] });
});
afterAll(() => rig[Symbol.asyncDispose]());

const suggest = async (prefix: string, more: Record<string, unknown> = {}, asker = market.guest) => (await rig.read<{ suggest: { kind: string; text: string }[] }>(
  asker, 'query($prefix: String!, $first: Int) { suggest(prefix: $prefix, first: $first) { kind text product { id title } category { id } vendor { id } } }', { prefix, ...more },
)).suggest;

describe('suggestions', () => {
  it('are queries, categories, vendors and products that go on as was begun [SRCH-04]', async () => {
    const found = await suggest('lam');
    expect(found.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['QUERY lamps', 'QUERY lamp', 'QUERY lampshade', 'CATEGORY Lamps and Lights', 'VENDOR Lampmaker', 'PRODUCT Bamboo Lampshade', 'PRODUCT Brass Table Lamp']);
    expect((await suggest('brass ta')).map(({ text }) => text)).toEqual(['brass table', 'Brass Table Lamp']);
    expect((await suggest('ল্যা', {}, { ...market.guest, locale: 'bn' })).map(({ text }) => text)).toContain('পিতলের টেবিল ল্যাম্প');
  });

  it('are as many as asked for, none for nothing, and of this marketplace only', async () => {
    expect(await suggest('lam', { first: 2 })).toHaveLength(2);
    expect(await suggest(' ')).toEqual([]);
    expect(await suggest('%')).toEqual([]);
    expect(await suggest('lam', {}, rig.open().guest)).toEqual([]);
    await expect(suggest('lam', { first: 21 })).rejects.toThrow(/^BAD_USER_INPUT/);
  });
});
