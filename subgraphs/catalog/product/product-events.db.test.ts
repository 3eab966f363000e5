import { eventually } from '@haat/kit/testing/eventually';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

const clock = new FakeClock('2026-03-01T08:00:00Z');
let rig: CatalogRig;
beforeAll(async () => { rig = await startCatalog({ clock }); });
afterAll(() => rig?.[Symbol.asyncDispose]());

const said = async (type: string, id?: string) => (await rig.subgraph.events(rig.tenant.id)).filter((event) => event.type === type && (id === undefined || event.aggregate.id === id));

describe('What is said of products', () => {
  it('names the tax class of their type, and says each again when the type is given another one', async () => {
    const type = { key: 'bread', name: 'Bread', taxClass: 'reduced', attributes: [] };
    await rig.mutate('defineProductType', type);
    const [shown, draft] = [await rig.product({ productType: 'bread', attributes: [] }), await rig.product({ productType: 'bread', attributes: [] }, true)];
    expect((await said('catalog.product-published', shown.id))[0]?.payload).toMatchObject({ taxClass: 'reduced' });
    await rig.mutate('defineProductType', { ...type, taxClass: 'zero' });
    const again = await eventually(async () => (await said('catalog.product-published', shown.id))[1]);
    expect(again).toMatchObject({ aggregate: { version: 3 }, payload: { taxClass: 'zero', status: 'PUBLISHED' } });
    expect(await eventually(async () => (await said('catalog.product-changed', draft.id))[1])).toMatchObject({ payload: { taxClass: 'zero', status: 'DRAFT' } });
    await eventually(async () => (await rig.subgraph.raw('product_types')).every(({ retaxAt }) => retaxAt === undefined));
  });

  it('counts them for the plan, once for all that came in together', async () => {
    const before = (await said('catalog.usage-counted')).length;
    for (const _ of [1, 2, 3]) await rig.product();
    clock.advance(4_000);
    const all = await eventually(async () => {
      const found = await said('catalog.usage-counted');
      return found.length > before && found;
    });
    expect(all.at(-1)?.payload).toEqual({ meter: 'products', used: (await rig.subgraph.raw('products')).length });
    expect(all).toHaveLength(before + 1);
  });
});
