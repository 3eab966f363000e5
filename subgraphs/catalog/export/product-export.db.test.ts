import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { merchantOf, nobody, startCatalog, type Asker, type CatalogRig } from '../testing/catalog-rig.js';
import { ImportRig } from '../testing/import-rig.js';

let rig: CatalogRig;
const [vendorId, other] = [newId('ven'), newId('ven')];
beforeAll(async () => {
  rig = await startCatalog();
  await rig.approve(vendorId);
  const options = [{ name: 'Size', values: ['S', 'L'] }];
  const shared = await rig.product({ title: '=2+2 "pot"', description: 'Two\nlines, and a comma', tags: ['clay', 'blue'], options, variants: [{ sku: 'EX-S', values: ['S'] }, { sku: 'EX-L', values: ['L'] }], translations: [{ locale: 'sv', title: 'Kruka' }] });
  await rig.mutate('createOffer', { vendorId, variantId: shared.variants[1]?.id, vendorSku: 'V-L', weightGrams: 900 });
  await rig.product({ title: 'Hidden', variants: [{ sku: 'EX-HIDDEN' }], vendorId: other }, true);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

interface Exported { readonly id: string; readonly status: string; readonly rowCount: number; readonly productCount: number; readonly filePaths: readonly string[] }
const fields = 'id status rowCount productCount filePaths';

async function exported(input: object, as: Asker = {}): Promise<Exported> {
  const { id } = await rig.mutate('startProductExport', input, `... on ProductExport { ${fields} }`, as);
  return eventually(async () => {
    const { productExport } = await rig.run<{ productExport: Exported }>(`{ productExport(id: "${id}") { ${fields} } }`, {}, as);
    return productExport.status === 'READY' ? productExport : undefined;
  });
}

async function download(path = '', as: Asker = {}): Promise<{ readonly status: number; readonly body: string }> {
  const { status, body } = await rig.subgraph.send({ tenant: rig.tenant, viewer: rig.operator, ...as }, { method: 'GET', url: path, body: Buffer.alloc(0) });
  return { status, body: String(body) };
}

it('An export is a file that an import takes back and finds nothing to change [CAT-07]', async () => {
  const done = await exported({});
  expect(done).toMatchObject({ productCount: 2, rowCount: 3, filePaths: [expect.stringMatching(/part=1$/)] });
  const { body } = await download(done.filePaths[0]);
  expect(body).toContain(`,"'=2+2 ""pot""","Two\nlines, and a comma",`);
  const imports = new ImportRig(rig);
  const job = await imports.uploaded(body);
  expect(job).toMatchObject({ status: 'MAPPED', rowCount: 3 });
  expect(await imports.run(job.id)).toMatchObject({ status: 'COMPLETED', failedCount: 0, createdCount: 0, changedCount: 0 });
  const renamed = await imports.run((await imports.uploaded(body.replaceAll('Kruka', 'Stor kruka'))).id);
  expect(renamed).toMatchObject({ failedCount: 0, createdCount: 0, changedCount: 1 });
  const bySku = await imports.run((await imports.uploaded('sku,title\nEX-S,By its number\nEX-L,Of the same product\n')).id);
  expect(bySku, 'rows of one product without a number of their own').toMatchObject({ failedCount: 0, changedCount: 1 });
});

it('An export of a vendor holds what it made or offers, as lines of JSON, and is nobody else’s', async () => {
  const as = merchantOf(vendorId);
  const done = await exported({ vendorId, format: 'JSONL', status: 'PUBLISHED' }, as);
  const { body } = await download(done.filePaths[0], as);
  const rows = body.trim().split('\n').map((line) => JSON.parse(line) as Record<string, string>);
  expect(rows.map(({ sku, vendorSku, weightGrams, ['option:Size']: size }) => [sku, vendorSku, weightGrams, size])).toEqual([['EX-S', undefined, undefined, 'S'], ['EX-L', 'V-L', '900', 'L']]);
  const stranger = merchantOf(other);
  expect([(await download(done.filePaths[0], stranger)).status, (await download(done.filePaths[0], nobody)).status]).toEqual([404, 401]);
  expect(await rig.run(`{ productExport(id: "${done.id}") { id } }`, {}, stranger)).toEqual({ productExport: null });
  expect((await rig.refusal('mutation { startProductExport(input: {}) { __typename } }', {}, as)).code).toBe('FORBIDDEN');
});

it('An export of what is written unusually, or was before its type changed, imports without an effect too [CAT-07]', async () => {
  const [volume, note] = [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }, { key: 'note', name: 'Note', kind: 'TEXT' }];
  const care = (...keys: string[]) => ({ key: 'care', name: 'Care', kind: 'MULTI_CHOICE', choices: keys.map((key) => ({ key, name: key })) });
  await rig.mutate('defineProductType', { key: 'odd', name: 'Odd', attributes: [volume, note, care('oven', 'freezer')] });
  const made = async (sku: string, attributes: object[], more: object = {}) => rig.product({ productType: 'odd', attributes, variants: [{ sku }], ...more });
  await made('ODD-1', [{ key: 'volume', number: 1e-7 }, { key: 'note', text: "'=1|2" }]);
  await made('ODD-2', [{ key: 'note', text: 'Other order' }, { key: 'volume', number: 0.1 + 0.2 }]);
  await made('ODD-3', [{ key: 'care', choices: ['freezer', 'oven'] }, { key: 'volume', number: -1e21 }], { tags: ['red|white', '-blue'], images: [1, 2].map((n) => ({ url: `https://img.example/${n}.png`, width: 9, height: 9 })) });
  await rig.mutate('defineProductType', { key: 'odd', name: 'Odd', attributes: [volume, care('oven')] });
  const imports = new ImportRig(rig);
  for (const format of ['CSV', 'JSONL']) {
    const { body } = await download((await exported({ productType: 'odd', format })).filePaths[0]);
    const job = await imports.run((await imports.uploaded(body, { format })).id);
    expect(await imports.rows(job.id, 'FAILED'), format).toEqual([]);
    expect(job).toMatchObject({ status: 'COMPLETED', doneCount: 3, createdCount: 0, changedCount: 0 });
  }
});
