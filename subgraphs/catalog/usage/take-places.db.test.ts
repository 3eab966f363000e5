import { testTenant } from '@haat/kit/testing/test-tenant';
import { expect, it } from 'vitest';
import { productInput, startCatalog } from '../testing/catalog-rig.js';

it('A hundred who make products at once get all the places there are, none too few, and nobody is told to come again', async () => {
  await using rig = await startCatalog();
  const as = { tenant: testTenant({ limits: { products: 90 } }) };
  await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }] }, '', as);
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => rig.mutate('createProduct', productInput(), '', as)));
  const told = (type: string) => outcomes.filter((one) => one.__typename === type).length;
  expect([told('Product'), told('ProductLimitReached')]).toEqual([90, 10]);
  expect((await rig.subgraph.raw('products')).length).toBe(90);
}, 60_000);
