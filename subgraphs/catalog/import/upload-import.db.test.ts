import { newId } from '@haat/kit/id';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';
import { ImportRig } from '../testing/import-rig.js';
import { importBytesMax, rowBytesMax } from './import-limits.js';

let rig: CatalogRig;
let imports: ImportRig;
beforeAll(async () => {
  rig = await startCatalog();
  imports = new ImportRig(rig);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const started = async (more: object = {}, as: object = {}) => (await rig.mutate('startImport', { format: 'CSV', ...more }, '... on ImportJob { id }', as)).id;
const header = 'sku,title,productType,attribute:volume\n';

/** A line without an end, a piece at a time. */
async function* endless(counted: { bytes: number }): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${header}LONG,"`);
  const piece = Buffer.alloc(64 * 1024, 'x');
  while (counted.bytes < 1024 * 1024 * 1024) {
    counted.bytes += piece.length;
    yield piece;
  }
}

describe('An upload', () => {
  it('of a line of a gigabyte ends at the limit, with the memory as it was [CAT-07]', async () => {
    const id = await started();
    const before = process.memoryUsage().rss;
    const counted = { bytes: 0 };
    expect((await imports.send(id, endless(counted))).status).toBe(413);
    expect(counted.bytes).toBeLessThan(importBytesMax + 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect(await imports.read(id)).toMatchObject({ status: 'PENDING', rowCount: null });
    expect(await rig.subgraph.raw('import_chunks')).toEqual([]);
  });

  it('refuses one row and takes the others: too long, not UTF-8, with NUL, too many cells, a quote left open', async () => {
    const good = 'GOOD-1,Good one,crockery,1\n';
    const parts = [header, `LONG-1,${'x'.repeat(rowBytesMax)},crockery,1\n`, good, Buffer.from([0x4c, 0xff, 0xfe, 0x0a]), 'NUL-1,a\0b,crockery,1\n', 'WIDE-1,a,crockery,1,5\n', 'GOOD-2,Good two,crockery,2\n', 'OPEN-1,"never closed,crockery,1\n'];
    const job = await imports.uploaded(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
    const ran = await imports.run(job.id);
    expect(ran).toMatchObject({ status: 'COMPLETED', rowCount: 7, failedCount: 5, createdCount: 2 });
    expect((await imports.rows(job.id)).map(({ errors }) => errors[0] ?? '')).toEqual([`It is longer than ${rowBytesMax} bytes.`, '', 'It is not UTF-8.', 'It has a NUL character.', 'It has 5 cells and the file 4 columns.', '', 'A quote is not closed, or stands in the middle of a cell.']);
  });

  it('is refused whole where its columns or its kind cannot be taken, and says why', async () => {
    const sent = async (body: string | Uint8Array, headers = {}) => {
      const { status, body: said } = await imports.send(await started(), body, {}, headers);
      return `${status} ${(JSON.parse(said) as { message: string }).message}`;
    };
    expect(await sent(gzipSync(header))).toBe('422 It is compressed by gzip; expected text in UTF-8.');
    expect(await sent(Buffer.from('PK\u0003\u0004 and more'))).toBe('422 It is a ZIP archive or a spreadsheet; expected text in UTF-8.');
    expect(await sent(Buffer.from(`\uFEFF${header}`, 'utf16le'))).toBe('422 It is UTF-16; expected text in UTF-8.');
    expect(await sent('sku,sku\n1,2\n')).toBe('422 There are two columns called “sku”.');
    expect(await sent(Array.from({ length: 1_000_000 }, (_, n) => n).join(','))).toBe('422 Its first line is too long or missing; it must name the columns.');
    expect(await sent(Array.from({ length: 300 }, (_, n) => `c${n}`).join(','))).toContain('300 cells; 200 may be');
    expect(await sent(header)).toBe('422 It has no rows.');
    expect(await sent(header, { 'content-type': 'multipart/form-data; boundary=x' })).toContain('415');
    expect(await sent(header, { 'content-encoding': 'gzip' })).toContain('415');
    expect(await rig.subgraph.raw('import_chunks').then((rows) => rows.filter(({ hasFailed }) => !hasFailed).length)).toBe(0);
  });

  it('is for those who may manage that catalogue, while the import waits for it', async () => {
    const [vendorId, other] = [newId('ven'), newId('ven')];
    const id = await started({ vendorId }, merchantOf(vendorId));
    expect((await imports.send(id, `${header}A,B,crockery,1\n`, merchantOf(other))).status).toBe(404);
    expect((await imports.send(id, `${header}A,B,crockery,1\n`, nobody)).status).toBe(401);
    expect((await imports.send(newId('imp'), header)).status).toBe(404);
    expect(await rig.refusal('mutation($input: StartImportInput!) { startImport(input: $input) { __typename } }', { input: { format: 'CSV' } }, merchantOf(vendorId))).toMatchObject({ code: 'FORBIDDEN' });
    expect((await imports.send(id, `${header}OWN-1,Own,crockery,1\n`, merchantOf(vendorId))).status).toBe(201);
    expect((await imports.send(id, `${header}OWN-2,Own,crockery,1\nOWN-3,Own,crockery,1\n`, merchantOf(vendorId))).status).toBe(201);
    expect(await rig.subgraph.raw('import_chunks').then((rows) => rows.filter((row) => row['importId'] === id).length), 'the file before is forgotten').toBe(1);
    expect(await imports.run(id, {}, merchantOf(vendorId))).toMatchObject({ status: 'COMPLETED', doneCount: 2 });
    expect((await imports.send(id, header, merchantOf(vendorId))).status).toBe(409);
    expect(await rig.mutate('cancelImport', { importId: id }, '... on ImportStatusRefused { now }', merchantOf(vendorId))).toMatchObject({ now: 'COMPLETED' });
  });

  it('keeps every row behind one with a stray quote, and says which one that is [CAT-07]', async () => {
    const good = Array.from({ length: 1_000 }, (_, n) => `STRAY-${n},Good ${n},crockery,1,${'x'.repeat(rowBytesMax / 1_000)}\n`).join('');
    const job = await imports.uploaded(`sku,title,productType,attribute:volume,remark\nTV,24" monitor,crockery,1,\n${good}`);
    expect(job.rowCount).toBe(1_001);
    expect(await imports.run(job.id, { dryRun: true })).toMatchObject({ failedCount: 1, createdCount: 1_000 });
    expect(await imports.rows(job.id, 'FAILED')).toMatchObject([{ number: 1, errors: ['A quote is not closed, or stands in the middle of a cell.'] }]);
    expect((await imports.errorFile(job.id)).body).toContain('"TV,24"" monitor,crockery,1,"');
  });
});
