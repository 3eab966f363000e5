import { newId } from '@haat/kit/id';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';
import { ImportRig } from '../testing/import-rig.js';

let rig: CatalogRig;
let imports: ImportRig;
beforeAll(async () => {
  rig = await startCatalog();
  imports = new ImportRig(rig);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const header = 'sku,title,product type,attribute:volume,categories,tags,title:sv';
const found = async (text: string) => (await rig.run<{ products: { nodes: Record<string, unknown>[] } }>(`{ products(first: 100, filter: { text: "${text}" }) { nodes { id title slug status tags vendorId attributes { number attribute { key } } categories { slug } variants { sku options { name value } offers { nodes { vendorSku weightGrams status } } } } } }`)).products.nodes;

describe('An import', () => {
  it('is mapped by its columns, tried, run, and tells of each row what became of it [CAT-07]', async () => {
    const rows = ['CUP-1,Blue cup,crockery,250,kitchen,gift|blue,Blå kopp', 'CUP-2,Red cup,crockery,many,kitchen,,', 'CUP-3,,crockery,5,,,', 'CUP-4,Green cup,crockery,300,nowhere,,', 'CUP-5,"Cup, large",crockery,900,,,'];
    const job = await imports.uploaded(`\uFEFF${header}\r\n${rows.join('\r\n')}\r\n`);
    expect(job).toMatchObject({ status: 'MAPPED', rowCount: 5, doneCount: 0, columns: header.split(',') });
    expect(job.mapping).toContainEqual({ column: 'attribute:volume', field: 'ATTRIBUTE', key: 'volume' });
    expect(await imports.run(job.id, { dryRun: true })).toMatchObject({ status: 'CHECKED', isDryRun: true, doneCount: 5, failedCount: 3, createdCount: 2 });
    expect(await found('cup')).toEqual([]);
    const ran = await imports.run(job.id, { publishes: true });
    expect(ran).toMatchObject({ status: 'COMPLETED', doneCount: 5, failedCount: 3, createdCount: 2, errorFilePath: `/hooks/catalog/imports/${job.id}/errors` });
    expect((await imports.rows(job.id)).map(({ status }) => status)).toEqual(['IMPORTED', 'FAILED', 'FAILED', 'FAILED', 'IMPORTED']);
    expect((await imports.rows(job.id, 'FAILED')).map(({ number, errors }) => [number, ...errors])).toEqual([[2, '“volume” expects a number such as 12.5, came “many”.'], [3, expect.stringContaining('title')], [4, 'There is no category “nowhere”.']]);
    expect(await found('blue cup')).toMatchObject([{ title: 'Blue cup', slug: 'blue-cup', status: 'PUBLISHED', tags: ['gift', 'blue'], attributes: [{ number: 250, attribute: { key: 'volume' } }], categories: [{ slug: 'kitchen' }], variants: [{ sku: 'CUP-1' }] }]);
    const file = await imports.errorFile(job.id);
    expect(file.status).toBe(200);
    expect(file.body.split('\r\n')).toEqual([`import row,import errors,${header}`, '2,"“volume” expects a number such as 12.5, came “many”.",CUP-2,Red cup,crockery,many,kitchen,,', expect.stringMatching(/^3,.*,CUP-3,,crockery,5,,,$/), '4,There is no category “nowhere”.,CUP-4,Green cup,crockery,300,nowhere,,', '']);
  });

  it('changes the products it made when it is run again, and leaves what is the same', async () => {
    const text = (title: string) => `sku,title,productType,attribute:volume\nAGAIN-1,${title},crockery,1\nAGAIN-2,Same,crockery,2\n`;
    await imports.run((await imports.uploaded(text('Before'))).id);
    const job = await imports.run((await imports.uploaded(text('After'))).id);
    expect(job).toMatchObject({ doneCount: 2, createdCount: 0, changedCount: 1, failedCount: 0 });
    expect((await found('AGAIN-1')).map(({ title }) => title)).toEqual(['After']);
  });

  it('makes one product of rows with one number, and an address of its own where titles are the same', async () => {
    const text = 'externalId,sku,title,productType,attribute:volume,option:Size\n7,JUG-S,Jug,crockery,1,S\n7,JUG-L,,,,L\n8,JUG-X,Jug,crockery,2,XL\n';
    expect(await imports.run((await imports.uploaded(text)).id)).toMatchObject({ failedCount: 0, createdCount: 2 });
    const more = await imports.uploaded('externalId,sku,option:Size\n7,JUG-M,M\n');
    expect(await imports.run(more.id)).toMatchObject({ failedCount: 0, changedCount: 1 });
    const jugs = await found('jug');
    expect(jugs.map(({ slug }) => slug).toSorted()).toEqual(['jug', 'jug-jug-x']);
    expect(jugs.find(({ slug }) => slug === 'jug')?.['variants']).toMatchObject([{ sku: 'JUG-S', options: [{ name: 'Size', value: 'S' }] }, { sku: 'JUG-L' }, { sku: 'JUG-M', options: [{ value: 'M' }] }]);
  });

  it('takes lines of JSON, and a mapping said by hand', async () => {
    const lines = [{ number: 'BOWL-1', name: 'Bowl', ml: 400, kinds: ['deep', 'blue'] }, { number: 'BOWL-2', name: 'Bowl', ml: { x: 1 } }, 'broken'];
    const job = await imports.uploaded(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), { format: 'JSONL' });
    expect(job).toMatchObject({ status: 'MAPPING', columns: ['number', 'name', 'ml', 'kinds'] });
    const mapping = [{ column: 'number', field: 'SKU' }, { column: 'name', field: 'TITLE' }, { column: 'ml', field: 'ATTRIBUTE', key: 'volume' }, { column: 'kinds', field: 'TAGS' }];
    expect(await rig.mutate('mapImport', { importId: job.id, mapping, productType: 'crockery' }, '... on ImportJob { status }')).toMatchObject({ status: 'MAPPED' });
    expect(await imports.run(job.id)).toMatchObject({ status: 'COMPLETED', failedCount: 2, createdCount: 1 });
    expect(await found('bowl')).toMatchObject([{ title: 'Bowl', tags: ['deep', 'blue'], status: 'DRAFT' }]);
    expect((await imports.errorFile(job.id)).body.trim().split('\n').map((line) => (JSON.parse(line) as { row: number; line: string }).row)).toEqual([2, 3]);
  });

  it('keeps a vendor to its own products, and makes offers of those it may sell', async () => {
    const [vendorId, other] = [newId('ven'), newId('ven')];
    await rig.approve(vendorId);
    const shared = await rig.product({ title: 'Shared pan', variants: [{ sku: 'PAN-1' }] });
    await rig.product({ title: 'Hidden pan', variants: [{ sku: 'PAN-2' }], vendorId: other }, true);
    const text = 'sku,title,productType,attribute:volume,vendorSku,weightGrams,status\nPAN-1,Mine now,crockery,1,V-1,500,\nPAN-2,Mine too,crockery,1,V-2,500,\nPAN-3,My own pan,crockery,1,V-3,700,PUBLISHED\nPAN-4,My other pan,crockery,1,V-3,700,\n';
    const job = await imports.uploaded(text, { vendorId }, merchantOf(vendorId));
    expect(await imports.run(job.id, {}, merchantOf(vendorId))).toMatchObject({ failedCount: 2, createdCount: 2 });
    const pans = (await found('pan')).toSorted((a, b) => String(a['title']).localeCompare(String(b['title'])));
    expect(pans).toMatchObject([{ title: 'Hidden pan' }, { title: 'My other pan', vendorId }, { title: 'My own pan', status: 'PUBLISHED', vendorId, variants: [{ offers: { nodes: [{ vendorSku: 'V-3', weightGrams: 700, status: 'ACTIVE' }] } }] }, { id: shared.id, title: 'Shared pan', variants: [{ offers: { nodes: [{ vendorSku: 'V-1' }] } }] }]);
    expect([await rig.refusal(`{ importJob(id: "${job.id}") { id } }`, {}, nobody), await imports.read(job.id, merchantOf(other)), (await imports.errorFile(job.id, merchantOf(other))).status]).toEqual([{ code: 'UNAUTHENTICATED', paths: [] }, null, 404]);
  });

  it('of a vendor that waits to be approved makes drafts and nothing on sale', async () => {
    const vendorId = newId('ven');
    const text = 'sku,title,productType,attribute:volume,vendorSku,status\nWAIT-1,Waiting one,crockery,1,W-1,\nWAIT-2,Waiting two,crockery,1,W-2,PUBLISHED\n';
    const job = await imports.uploaded(text, { vendorId }, merchantOf(vendorId));
    expect(await imports.run(job.id, { publishes: true }, merchantOf(vendorId))).toMatchObject({ failedCount: 1, createdCount: 1 });
    expect(await found('waiting')).toMatchObject([{ title: 'Waiting one', status: 'DRAFT', variants: [{ offers: { nodes: [{ status: 'DRAFT' }] } }] }]);
  });

  it('leaves what the file does not say: the other half for search engines, other options, their values', async () => {
    const options = [{ name: 'Size', values: ['S', 'L'] }, { name: 'Colour', values: ['Red', 'Blue'] }];
    const { id } = await rig.product({ title: 'Half said', seo: { title: 'Words', description: 'More words' }, options, variants: [{ sku: 'HALF-S', values: ['S', 'Red'] }, { sku: 'HALF-L', values: ['L', 'Blue'] }] });
    const read = async () => (await rig.run<{ product: Record<string, unknown> }>(`{ product(id: "${id}") { seo { title description } options { name } variants { sku options { name value } } } }`)).product;
    for (const file of ['sku,seoDescription\nHALF-S,Other words\n', 'sku,seoTitle\nHALF-S,New title\n', 'sku,option:size\nHALF-S,XS\nHALF-L,XL\n']) {
      expect(await imports.run((await imports.uploaded(file)).id)).toMatchObject({ failedCount: 0, changedCount: 1 });
    }
    expect(await read()).toEqual({
      seo: { title: 'New title', description: 'Other words' }, options: [{ name: 'Size' }, { name: 'Colour' }],
      variants: [{ sku: 'HALF-S', options: [{ name: 'Size', value: 'XS' }, { name: 'Colour', value: 'Red' }] }, { sku: 'HALF-L', options: [{ name: 'Size', value: 'XL' }, { name: 'Colour', value: 'Blue' }] }],
    });
    const more = 'sku,option:Fit\nHALF-S,Slim\nHALF-L,Wide\n';
    expect(await imports.run((await imports.uploaded(more)).id)).toMatchObject({ failedCount: 0, changedCount: 1 });
    expect((await read())['options']).toEqual([{ name: 'Size' }, { name: 'Colour' }, { name: 'Fit' }]);
  });

  it('tells of a row that would be a new variant of somebody else’s product that it is not, tried or run [CAT-07]', async () => {
    const vendorId = newId('ven');
    await rig.approve(vendorId);
    const { id } = await rig.product({ title: 'Kept by operators', variants: [{ sku: 'KEPT-1' }] });
    const job = await imports.uploaded(`externalId,sku,vendorSku\n${id},KEPT-1,K-1\n${id},KEPT-2,K-2\n${id},KEPT-3,\n`, { vendorId }, merchantOf(vendorId));
    for (const [dryRun, good] of [[true, 'ACCEPTED'], [false, 'IMPORTED']] as const) {
      expect(await imports.run(job.id, { dryRun }, merchantOf(vendorId))).toMatchObject({ failedCount: 2 });
      expect(await imports.rows(job.id)).toMatchObject([{ status: good, errors: [] }, { status: 'FAILED', errors: [expect.stringContaining('no variant with the SKU “KEPT-2”')] }, { status: 'FAILED', errors: [expect.stringContaining('KEPT-3')] }]);
    }
    expect(await found('kept by')).toMatchObject([{ variants: [{ sku: 'KEPT-1', offers: { nodes: [{ vendorSku: 'K-1' }] } }] }]);
  });

  it('gives the rows that failed as a file that says the same again, however often', async () => {
    const file = `sku,title,productType,categories,'=note\nFORMULA-1,"'=1+1",crockery,nowhere,"''-x"\n`;
    const first = await imports.uploaded(file);
    await imports.run(first.id);
    const told = (await imports.errorFile(first.id)).body;
    expect(told).toMatch(/,FORMULA-1,'=1\+1,crockery,nowhere,''-x\r\n$/);
    const again = await imports.uploaded(told);
    expect(again.columns).toEqual(['import row', 'import errors', 'sku', 'title', 'productType', 'categories', '=note']);
    await imports.run(again.id);
    expect((await imports.errorFile(again.id)).body).toContain(`,FORMULA-1,'=1+1,crockery,nowhere,''-x\r\n`);
  });

  it('makes no more products than the plan allows, tried or run, over however many chunks', async () => {
    const as = { tenant: testTenant({ limits: { products: 300 } }) };
    await rig.mutate('defineProductType', { key: 'crockery', name: 'Crockery', attributes: [{ key: 'volume', name: 'Volume', kind: 'NUMBER' }] }, '', as);
    const lines = (from: number, to: number) => `sku,title,productType\n${Array.from({ length: to - from }, (_, n) => `PLAN-${from + n},Planned ${from + n},crockery\n`).join('')}`;
    const send = async (text: string) => {
      const { id } = await rig.mutate('startImport', { format: 'CSV' }, '... on ImportJob { id }', as);
      expect((await imports.send(id, text, as)).status).toBe(201);
      return id;
    };
    const id = await send(lines(0, 310));
    expect(await imports.run(id, { dryRun: true }, as)).toMatchObject({ createdCount: 300, failedCount: 10 });
    expect(await imports.run(id, {}, as)).toMatchObject({ createdCount: 300, failedCount: 10 });
    const { importJob } = await rig.run<{ importJob: { rows: { nodes: object[] } } }>(`{ importJob(id: "${id}") { rows(first: 1, status: FAILED) { nodes { number errors } } } }`, {}, as);
    expect(importJob.rows.nodes).toEqual([{ number: 301, errors: ['The plan allows 300 products.'] }]);
    expect(await imports.run(await send('sku,title\nPLAN-1,Renamed\nPLAN-999,New\n'), {}, as), 'what is there can be changed').toMatchObject({ changedCount: 1, createdCount: 0, failedCount: 1 });
  });
});
