import { systemClock } from '@haat/kit/clock';
import { guest } from '@haat/kit/identity';
import { Refusal, unavailable } from '@haat/kit/refusal';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operationContext } from './operation-context.js';
import { subgraphRequests } from './subgraph-request.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';
import type { Interference } from './testing/fixture-marketplace.js';

const page = '{ product(id: "p1") { title available } warehouses }';

describe.each([
  ['stock', { product: { title: 'Nakshi kantha', available: null }, warehouses: null }, [['warehouses'], ['product', 'available']]],
  ['catalog', { product: null, warehouses: ['Dhaka'] }, [['product']]],
])('a page while %s is down', (subgraph, data, paths) => {
  let gateway: FixtureGateway;
  beforeAll(async () => {
    gateway = await startFixtureGateway({ transport: 'over HTTP' });
    await gateway.stop(subgraph);
  });
  afterAll(() => gateway.close());
  const failedAsks = () => gateway.lines.filter((line) => line.includes('could not be asked')).length;

  it('has everything else, and an error at each part that is missing', async () => {
    const { body, status, text } = await gateway.ask(page);
    expect(status).toBe(200);
    expect(body.data).toEqual(data);
    expect(body.errors?.map((error) => error.extensions)).toEqual(paths.map(() => ({ code: 'SUBGRAPH_UNAVAILABLE' })));
    expect(body.errors?.map((error) => error.path)).toEqual(expect.arrayContaining(paths));
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN/);
  });

  it('asks it no more after a while, and is answered at once', async () => {
    for (let n = 0; n < 20; n += 1) await gateway.ask(page);
    const asked = failedAsks();
    const { body } = await gateway.ask(page);
    expect(body.data).toEqual(data);
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(failedAsks()).toBe(asked);
    expect(asked).toBeLessThan(20);
  });
});

it('a subgraph that is slow costs no more than its own time', async () => {
  const interference: Interference = { beforeStock: () => new Promise((resolve) => { setTimeout(resolve, 3_000).unref(); }) };
  const gateway = await startFixtureGateway({ interference, config: { SUBGRAPH_TIMEOUT_MS: 300 } });
  const startedAt = performance.now();
  const { body } = await gateway.ask('{ product(id: "p1") { title available } }');
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  expect(body.data).toEqual({ product: { title: 'Nakshi kantha', available: null } });
  expect(body.errors?.[0]).toMatchObject({ path: ['product', 'available'], extensions: { code: 'DEADLINE_EXCEEDED' } });
  await gateway.close();
});

it('a list has an error at each entry of which something is missing', async () => {
  const gateway = await startFixtureGateway({ transport: 'over HTTP' });
  await gateway.stop('stock');
  const { body } = await gateway.ask('{ products { title available } }');
  expect(body.errors?.map((error) => error.path)).toEqual([0, 1, 2].map((at) => ['products', at, 'available']));
  await gateway.close();
});

describe('the breaker of a subgraph', () => {
  const tenant = { id: 'ten_acme', slug: 'acme', currency: 'BDT', locales: ['en'], timeZone: 'UTC', features: [], limits: {} };
  const contextFor = (deadlineInMs: number, gone = new AbortController().signal) =>
    operationContext({ tenant, viewer: guest, locale: 'en', requestId: 'req_1', deadlineAt: Date.now() + deadlineInMs }, gone);
  const requests = (openMs: number) => subgraphRequests({ clock: systemClock, timeoutMs: 1_000, breaker: { openMs } });
  const fails = (times: number, asking: ReturnType<typeof requests>, fail: () => Promise<never>, context = contextFor(10_000)) =>
    Promise.all(Array.from({ length: times }, () => asking.timed(context, 'stock', fail).catch(() => undefined)));

  it('opens for one that is down only, and closes when it is back', async () => {
    const asking = requests(100);
    await fails(20, asking, async () => { throw unavailable('x'); });
    const call = vi.fn(async () => 'done');
    await expect(asking.timed(contextFor(10_000), 'stock', call)).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', message: 'A part of the marketplace is not available right now.' });
    expect(call).not.toHaveBeenCalled();
    expect(await asking.timed(contextFor(10_000), 'catalog', call)).toBe('done');
    await vi.waitFor(async () => expect(await asking.timed(contextFor(10_000), 'stock', call)).toBe('done'));
    asking.close();
  });

  it('gives a change all the time that its client has', async () => {
    const asking = subgraphRequests({ clock: systemClock, timeoutMs: 50 });
    const late = Promise.withResolvers<string>();
    const change = asking.timed(contextFor(10_000), 'stock', () => late.promise, true);
    await expect(asking.timed(contextFor(10_000), 'stock', () => late.promise)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    late.resolve('done');
    expect(await change).toBe('done');
    asking.close();
  });

  it('stays closed for refusals, bugs, callers who went away and callers in a hurry', async () => {
    const asking = requests(60_000);
    const gone = new AbortController();
    await fails(20, asking, async () => { throw new Refusal('FORBIDDEN', 'No.'); });
    await fails(20, asking, async () => { throw new Error('A bug.'); });
    await fails(20, asking, () => new Promise(() => undefined), contextFor(300));
    const leaving = fails(20, asking, () => new Promise(() => undefined), contextFor(10_000, gone.signal));
    gone.abort();
    await leaving;
    expect(await asking.timed(contextFor(10_000), 'stock', async () => 'done')).toBe('done');
    asking.close();
  });
});
