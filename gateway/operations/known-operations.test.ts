import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';

const titles = 'query Titles {\n  products {\n    title\n  }\n}';
const one = 'query One($id: ID!) {\n  product(id: $id) {\n    title\n  }\n}';
const rename = 'mutation Rename($id: ID!) {\n  rename(id: $id, title: "Mug") {\n    title\n  }\n}';
const idOf = (text: string) => createHash('sha256').update(text).digest('hex');
const listOf = (...texts: string[]) => JSON.stringify({ client: 'shop', operations: Object.fromEntries(texts.map((text) => [idOf(text), { name: /\w+ (\w+)/.exec(text)?.[1], text }])) });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'operations-'));
  await writeFile(join(folder, 'shop.json'), listOf(titles, one, rename));
});
afterAll(() => rm(folder, { recursive: true }));

interface Answer { readonly status: number; readonly data?: unknown; readonly code?: unknown; readonly message?: string }

async function answerOf(response: Response): Promise<Answer> {
  const body = await response.json() as { data?: unknown; errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, data: body.data, code: body.errors?.[0]?.extensions.code, message: body.errors?.[0]?.message };
}

const post = async (url: string, body: object, headers: Record<string, string> = {}) =>
  answerOf(await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }));
const get = async (url: string, search: Record<string, string>) => answerOf(await fetch(`${url}/graphql?${new URLSearchParams(search).toString()}`));

describe.each([
  ['a gateway that runs known operations only', { KNOWN_OPERATIONS_ONLY: true }, {}],
  ['a gateway of development whose client asks for that rule', { KNOWN_OPERATIONS_ONLY: false }, { 'x-haat-operations': 'known' }],
] as const)('%s', (_, config, headers) => {
  let gateway: FixtureGateway;
  beforeAll(async () => { gateway = await startFixtureGateway({ config: { ...config, OPERATIONS: [folder] } }); });
  afterAll(() => gateway.close());

  it('runs an operation by its id, named in either way, with its variables', async () => {
    expect(await post(gateway.url, { id: idOf(titles) }, headers)).toMatchObject({ status: 200, data: { products: [{ title: 'Nakshi kantha' }, {}, {}] } });
    expect(await post(gateway.url, { id: idOf(one), variables: { id: 'p3' } }, headers)).toMatchObject({ data: { product: { title: 'Clay cup' } } });
    const persistedQuery = { version: 1, sha256Hash: idOf(one) };
    expect(await post(gateway.url, { extensions: { persistedQuery }, variables: { id: 'p3' } }, headers)).toMatchObject({ data: { product: { title: 'Clay cup' } } });
    expect(gateway.lines.find((line) => line.includes('"operation":"One"'))).toContain(idOf(one));
  });

  it('runs a mutation by its id, and with its own text beside the id', async () => {
    expect(await post(gateway.url, { id: idOf(rename), query: rename, variables: { id: 'p1' } }, headers)).toMatchObject({ status: 200, data: { rename: { title: 'Mug' } } });
  });

  it.each([
    ['a text', { query: '{ told }' }],
    ['a text that is registered, without its id', { query: titles }],
    ['a text that wants to register itself', { query: '{ told }', extensions: { persistedQuery: { version: 1, sha256Hash: idOf('{ told }') } } }],
    ['an id that nobody registered', { id: idOf('{ told }') }],
    ['what is neither', { query: 7 }],
  ])('refuses %s', async (__, body) => {
    expect(await post(gateway.url, body, headers)).toMatchObject({ status: 403, code: 'OPERATION_NOT_ALLOWED', data: undefined });
    expect(await post(gateway.url, { id: idOf('{ told }') }, headers)).toMatchObject({ code: 'OPERATION_NOT_ALLOWED' });
  });

  it.each<[string, object]>([
    ['no SHA-256', { id: 'Titles' }], ['not written small', { id: idOf(titles).toUpperCase() }], ['no text', { id: { $ne: '' } }], ['empty', { id: '' }],
    ['another text\'s', { id: idOf(titles), query: one }], ['not the one beside it', { id: idOf(titles), extensions: { persistedQuery: { sha256Hash: idOf(one) } } }],
    ['a property of every object', { id: '__proto__' }],
  ])('refuses an id that is %s', async (__, body) => {
    expect(await post(gateway.url, body, headers)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it('says how to mend it, with the name by which its developer knows the operation', async () => {
    const { message } = await post(gateway.url, { id: idOf('{ told }'), operationName: 'OrderList' }, headers);
    expect(message).toMatch(/^The operation OrderList is not registered under the id .* npm run generate/);
    expect((await post(gateway.url, { id: idOf('{ told }'), operationName: 'a"b' }, headers)).message).toMatch(/^The operation is not registered/);
  });
});

describe('a gateway of development', () => {
  let gateway: FixtureGateway;
  beforeAll(async () => { gateway = await startFixtureGateway({ config: { KNOWN_OPERATIONS_ONLY: false, OPERATIONS: [folder] } }); });
  afterAll(() => gateway.close());

  it('runs any text, and keeps none: its id stays unknown', async () => {
    const body = { query: '{ warehouses }', id: idOf('{ warehouses }') };
    expect(await post(gateway.url, body)).toMatchObject({ status: 200, data: { warehouses: ['Dhaka'] } });
    expect(await post(gateway.url, { id: body.id })).toMatchObject({ status: 403, code: 'OPERATION_NOT_ALLOWED' });
  });

  it('answers a query by id to a plain GET, as a cache would send it, and a mutation never', async () => {
    expect(await get(gateway.url, { id: idOf(one), variables: '{"id":"p2"}' })).toMatchObject({ status: 200, data: { product: { title: 'Jamdani sari' } } });
    expect(await get(gateway.url, { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: idOf(titles) } }) })).toMatchObject({ status: 200 });
    expect((await fetch(`${gateway.url}/graphql?id=${idOf(rename)}&variables=%7B%22id%22%3A%22p1%22%7D`)).status).toBe(405);
    expect(await get(gateway.url, { query: '{ warehouses }' })).toMatchObject({ status: 400 });
    expect((await fetch(`${gateway.url}/graphql?id=${idOf(titles)}&id=${idOf(one)}`)).status).toBe(400);
  });

  it('says that its header has no other value', async () => {
    expect(await post(gateway.url, { query: '{ told }' }, { 'x-haat-operations': 'none' })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe('the list of operations', () => {
  it('is taken up when its file changes, and kept when the new one is not good', async () => {
    const own = await mkdtemp(join(tmpdir(), 'operations-'));
    await writeFile(join(own, 'shop.json'), listOf(titles));
    const gateway = await startFixtureGateway({ config: { KNOWN_OPERATIONS_ONLY: true, OPERATIONS: [own] }, lookEveryMs: 10 });
    const runs = async (text: string) => (await post(gateway.url, { id: idOf(text), variables: { id: 'p1' } })).status;
    expect([await runs(titles), await runs(one)]).toEqual([200, 403]);
    await writeFile(join(own, 'later.json'), listOf(one));
    await expect.poll(() => runs(one), { timeout: 5_000, interval: 20 }).toBe(200);
    await writeFile(join(own, 'later.json'), listOf(one).replace(idOf(one), idOf(titles)));
    await expect.poll(() => gateway.lines.some((line) => line.includes('the old one is served on')), { timeout: 5_000, interval: 20 }).toBe(true);
    expect([await runs(titles), await runs(one)]).toEqual([200, 200]);
    await gateway.close();
    await rm(own, { recursive: true });
  });

  it('is no reason to start when it cannot be read', async () => {
    await expect(startFixtureGateway({ config: { OPERATIONS: [join(folder, 'nowhere')] } })).rejects.toThrow(/^The operations of clients in .*nowhere cannot be read \(ENOENT\)\.$/);
  });
});
