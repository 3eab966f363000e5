import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BrokenPath } from '../support/broken-path.js';
import { codeOf, dataOf, type Answer } from '../support/graph.js';
import { startProcesses, type Processes } from '../support/processes.js';
import { newShopper, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** What one call may take, and what an answer with a part that hangs may, on a machine that tests share. In milliseconds. */
const callMs = 700;
const answeredWithinMs = 4_000;
const origin = 'https://shop.example';

/** Of four subgraphs. */
const page = '{ tenant { name } viewer { kind } categories(first: 1) { nodes { name } } search { totalCount } }';

let marketplace: TestMarketplace;
let apart: Processes;
let person: Person;
const paths = new Map<string, BrokenPath>();
beforeAll(async () => {
  marketplace = await startTestMarketplace({ SUBGRAPH_TIMEOUT_MS: String(callMs), SUBGRAPH_REST_MS: '100', CORS_ORIGINS: origin });
  apart = await startProcesses(marketplace, 'shared', async (name, url) => {
    const path = await BrokenPath.to(url);
    paths.set(name, path);
    return path.url;
  });
  person = await newShopper(apart.door, 'acme', 'sadia');
});
afterAll(async () => {
  await apart?.close();
  await Promise.all([...paths.values()].map((path) => path[Symbol.asyncDispose]()));
  await marketplace?.close();
});
const pathTo = (name: string): BrokenPath => paths.get(name) ?? ((): never => { throw new Error(`There is no way to ${name}.`); })();
const show = (): Promise<Answer> => apart.door.ask(person, page);

describe('between the gateway and a subgraph', () => {
  afterEach(() => paths.forEach((path) => Object.assign(path, { cuts: 0, hangs: false })));

  it('a call that hangs is given up after its time, and costs its own part only [GW-17]', async () => {
    dataOf(await show());
    pathTo('catalog').hangs = true;
    const startedAt = performance.now();
    const { data, errors, status } = await show();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(callMs);
    expect(performance.now() - startedAt).toBeLessThan(answeredWithinMs);
    expect([status, data]).toEqual([200, { tenant: { name: expect.any(String) as string }, viewer: { kind: 'USER' }, categories: null, search: { totalCount: expect.any(Number) as number } }]);
    expect(errors?.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([[['categories'], 'DEADLINE_EXCEEDED']]);
  });

  it('a question whose connection broke is asked once more, and answered as if nothing was [GW-17]', async () => {
    dataOf(await show());
    const path = pathTo('catalog');
    Object.assign(path, { cuts: 1, asked: 0 });
    expect(dataOf(await show())).toHaveProperty('categories.nodes');
    expect(path.asked).toBe(2);
    // Once more and no further: who is down is not knocked at.
    Object.assign(path, { cuts: 9, asked: 0 });
    expect(codeOf(await show())).toBe('SUBGRAPH_UNAVAILABLE');
    expect(path.asked).toBe(2);
  });

  it('a change whose connection broke is never made a second time by itself [GW-17]', async () => {
    const path = pathTo('identity');
    Object.assign(path, { cuts: 1, asked: 0 });
    expect(codeOf(await apart.door.ask(person, 'mutation { signOut { __typename } }'))).toBe('SUBGRAPH_UNAVAILABLE');
    expect(path.asked).toBe(1);
    expect(dataOf(await show())).toMatchObject({ viewer: { kind: 'USER' } });
  });
});

describe('the one door', () => {
  it('answers one question from every part that knows something of it, each asked once [GW-01, GW-07]', async () => {
    const asked = (): string[] => [...paths].flatMap(([name, path]) => Array.from({ length: path.asked }, () => name)).sort();
    dataOf(await show());
    paths.forEach((path) => Object.assign(path, { asked: 0 }));
    expect(Object.keys(dataOf(await show())).sort()).toEqual(['categories', 'search', 'tenant', 'viewer']);
    expect(asked()).toEqual(['catalog', 'identity', 'search', 'tenants']);
  });

  it('counts what it is asked and what its calls take, by part and by what became of them, for who may see it [GW-08]', async () => {
    const { text } = await apart.door.fetch('/metrics');
    for (const line of [/^haat_gateway_request_seconds_count\{.*door="graphql".*status="200".*\} [1-9]/m, /^haat_gateway_fetch_seconds_count\{.*subgraph="catalog".*\} [1-9]/m, /^haat_gateway_breaker_state\{.*subgraph="catalog".*\} \d/m]) {
      expect(text).toMatch(line);
    }
    expect(text).toMatch(/haat_gateway_fetch_seconds_count\{(?=.*outcome="DEADLINE_EXCEEDED")(?=.*subgraph="catalog")/);
    expect((await apart.door.fetch('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
  });

  it('lets pages of the origins that are named ask and read, and of no other [GW-12]', async () => {
    const headersFor = async (from: string, method: 'OPTIONS' | 'POST') => (await apart.door.fetch('/graphql', {
      method, headers: { host: 'acme.localhost', origin: from, 'content-type': 'application/json', 'access-control-request-method': 'POST' }, ...(method === 'POST' && { body: '{"query":"{ tenant { name } }"}' }),
    })).headers;
    for (const method of ['OPTIONS', 'POST'] as const) {
      expect((await headersFor(origin, method))['access-control-allow-origin']).toBe(origin);
      for (const other of ['https://evil.example', `${origin}.evil`, 'null']) expect((await headersFor(other, method))['access-control-allow-origin']).toBeUndefined();
    }
  });
});
