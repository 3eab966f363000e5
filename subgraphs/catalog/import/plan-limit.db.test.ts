import { onBoundary } from '@haat/kit/boundary';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterEach, expect, it } from 'vitest';
import { productInput, startCatalog } from '../testing/catalog-rig.js';
import { ImportRig } from '../testing/import-rig.js';

afterEach(() => onBoundary(undefined));

it('An import makes exactly what the plan has room for, while others make products too, and leaves the rest of its rows nothing claimed [CAT-07]', async () => {
  await using rig = await startCatalog();
  const imports = new ImportRig(rig);
  const as = { tenant: testTenant({ limits: { products: 10 } }) };
  await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }] }, '', as);
  const create = (sku: string, by = as) => rig.mutate('createProduct', productInput({ variants: [{ sku }] }), '', by);
  const { id } = await rig.mutate('startImport', { format: 'CSV' }, '... on ImportJob { id }', as);
  await imports.send(id, `sku,title,productType\n${Array.from({ length: 8 }, (_, n) => `ROW-${n},Row ${n},crockery\n`).join('')}`, as);
  let isLooked = false;
  onBoundary(async (name) => {
    if (isLooked || name !== 'catalog/insert claims:before') return;
    // The import saw room for all of its rows a moment ago.
    isLooked = true;
    for (let n = 0; n < 4; n += 1) expect(await create(`HAND-${n}`)).toEqual({ __typename: 'Product' });
  });
  expect(await imports.run(id, {}, as)).toMatchObject({ createdCount: 6, failedCount: 2 });
  onBoundary(undefined);
  const { importJob } = await rig.run<{ importJob: object }>(`{ importJob(id: "${id}") { rows(first: 8, status: FAILED) { nodes { number errors } } } }`, {}, as);
  expect(importJob).toEqual({ rows: { nodes: [7, 8].map((number) => ({ number, errors: ['The plan allows 10 products.'] })) } });
  expect(await create('ROW-7')).toEqual({ __typename: 'ProductLimitReached' });
  expect(await create('ROW-7', { tenant: { ...as.tenant, limits: { products: 11 } } })).toEqual({ __typename: 'Product' });
});
