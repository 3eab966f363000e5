import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchRig, productState, type Marketplace } from '../testing/search-rig.js';

let rig: SearchRig;
beforeAll(async () => { rig = await SearchRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const rebuild = async ({ operator }: Marketplace) => (await rig.read<{ rebuildSearchIndex: Record<string, unknown> }>(
  operator, 'mutation { rebuildSearchIndex { __typename ... on SearchIndex { generation documents building { generation documents expected } } ... on Problem { message } } }',
)).rebuildSearchIndex;
const stands = async ({ operator }: Marketplace) => (await rig.read<{ searchIndex: object }>(operator, '{ searchIndex { generation documents building { generation } } }')).searchIndex;

describe('a rebuild', () => {
  it('never shows a gap to who searches meanwhile, while everything is said again and some of it changes [SRCH-07]', async () => {
    const market = rig.open();
    const states = Array.from({ length: 40 }, (_, n) => productState({ title: `Red Lamp ${n}`, tags: ['red'] }));
    for (const [version, state] of states.entries()) await rig.sayProduct(market, state, version + 1);
    const seen: number[] = [];
    let isDone = false;
    const looking = (async () => {
      while (!isDone) {
        const { search } = await rig.read<{ search: { totalCount: number; nodes: object[]; facets: { key: string; values: { count: number }[] }[] } }>(market.guest, '{ search(query: "red lamp", first: 100) { totalCount nodes { product { title } } facets { key values { count } } } }');
        seen.push(search.totalCount, search.nodes.length, search.facets.find(({ key }) => key === 'tag')?.values[0]?.count ?? 0);
      }
    })();
    expect(await rebuild(market)).toMatchObject({ generation: 1, documents: 40, building: { generation: 2, expected: 40 } });
    expect(await rebuild(market)).toMatchObject({ __typename: 'RebuildUnderWay' });
    const sayingAgain = (async () => {
      for (const [at, state] of states.entries()) await rig.sayProduct(market, at % 4 === 0 ? { ...state, tags: ['red', 'again'] } : state, at % 4 === 0 ? 1_000 + at : at + 1);
    })();
    await Promise.all([sayingAgain, rig.subgraph.runJob('build-index')]);
    await rig.subgraph.runJob('build-index');
    await rig.subgraph.runJob('drop-retired-indexes');
    isDone = true;
    await looking;
    expect(seen.length).toBeGreaterThan(6);
    expect(new Set(seen)).toEqual(new Set([40]));
    expect(await stands(market)).toEqual({ generation: 2, documents: 40, building: null });
    expect(await rig.titles(market.guest, 'again', { first: 100 })).toHaveLength(10);
    expect(await rig.subgraph.query('select distinct generation from search.document where tenant_id = $1', [market.tenant.id])).toEqual([{ generation: 2 }]);
    expect((await rig.subgraph.events(market.tenant.id)).map(({ type, payload }) => [type, payload])).toEqual([['search.index-rebuilt', { documents: 40, tookMs: expect.any(Number) as unknown }]]);
  });

  it('brings back what was lost, from what others say again [SRCH-07]', async () => {
    const market = rig.open();
    const [kept, lost] = [productState({ title: 'Kept Lamp' }), productState({ title: 'Lost Lamp' })];
    for (const state of [kept, lost]) await rig.sayProduct(market, state, 3);
    for (const table of ['product_fact', 'document', 'document_text', 'posting']) await rig.subgraph.query(`delete from search.${table} where id = $1`, [lost.productId]);
    await rig.sayProduct(market, lost, 3);
    expect(await rig.titles(market.guest, 'lamp')).toEqual(['Kept Lamp']);
    await rebuild(market);
    for (const state of [lost, kept]) await rig.sayProduct(market, state, 3);
    await rig.subgraph.runJob('build-index');
    expect((await rig.titles(market.guest, 'lamp')).toSorted()).toEqual(['Kept Lamp', 'Lost Lamp']);
  });

  it('is for staff', async () => {
    const market = rig.open();
    await expect(rig.read(market.guest, 'mutation { rebuildSearchIndex { __typename } }')).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(rig.read(market.guest, '{ searchIndex { generation } }')).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});
