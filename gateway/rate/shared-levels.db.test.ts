import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NatsLink } from '@haat/kit/nats';
import { startBroker, type Broker } from '../testing/broker.js';
import { fixtureIdentity } from '../testing/fixture-identity.js';
import { fixtureShop } from '../testing/fixture-shop.js';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';
import { levelsBucket, sharedLevels } from './shared-levels.js';

const page = '{ page(first: 20) { nodes { id } } }';
const guess = 'mutation { signIn(password: "guess") }';

describe('two gateways on one broker', () => {
  const startedAt = Date.now();
  let broker: Broker;
  let links: NatsLink[];
  let gateways: FixtureGateway[];

  beforeEach(async () => {
    broker = await startBroker();
    links = await Promise.all([broker.connectAs('gateway'), broker.connectAs('gateway')]);
    const identity = await fixtureIdentity();
    for (const [slug, tenant] of identity.tenants) identity.tenants.set(slug, { ...tenant, limits: { queryCost: 1_000 } });
    const options = { asks: identity.asks, definitions: fixtureShop, config: { RATE_ADDRESS_PER_SECOND: 10 }, clock: { now: () => new Date(startedAt) } };
    gateways = await Promise.all(links.map((nats) => startFixtureGateway({ ...options, nats })));
  });
  afterEach(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()));
    await Promise.all(links.map((link) => link.drain()));
    await broker.close();
  });

  const ask = async (at: number, query: string) => {
    const answer = await gateways[at]?.ask(query);
    return { status: answer?.status, code: answer?.body.errors?.[0]?.extensions['code'] };
  };

  it('share what an address may spend, but for the little that they have not told each other [GW-03]', async () => {
    let answered = 0;
    for (let n = 0; n < 80; n += 1) if ((await ask(n % 2, page)).status === 200) answered += 1;
    // 1,000 points are 45 pages with their arrivals; each gateway may hold back two hundredths of them, and what it is just telling.
    expect(answered).toBeGreaterThanOrEqual(44);
    expect(answered).toBeLessThanOrEqual(52);
  });

  it('refuse at one what was spent at the other', async () => {
    for (let n = 0; n < 60; n += 1) await ask(0, page);
    expect(await ask(0, page)).toEqual({ status: 429, code: 'RATE_LIMITED' });
    await vi.waitFor(async () => expect(await ask(1, page)).toEqual({ status: 429, code: 'RATE_LIMITED' }));
  });

  it('agree on every guess of a secret before it is tried, however many come at once [GW-03]', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => ask(n % 2, guess)));
    const tried = answers.filter(({ status }) => status === 200).length;
    expect(tried).toBeGreaterThanOrEqual(1);
    expect(tried).toBeLessThanOrEqual(10);
    // Who could not agree in time, on a busy machine, is refused as well: a guess that nobody counted is never tried.
    expect(answers.filter(({ code }) => code === 'RATE_LIMITED' || code === 'SUBGRAPH_UNAVAILABLE')).toHaveLength(30 - tried);
  });

  it('add all that there is room for, however many come at once, and nothing more', async () => {
    const levels = links.map(sharedLevels);
    const bucket = { capacity: 100, perSecond: 1 };
    const add = (n: number) => levels[n % 2]?.add('tenant.one', bucket, 1, startedAt, { onlyIfFit: true });
    const added = await Promise.all(Array.from({ length: 100 }, (_, n) => add(n)));
    expect(added.filter((one) => one?.fits)).toHaveLength(100);
    expect(await Promise.all([add(0), add(0), add(1)])).toEqual(Array.from({ length: 3 }, () => ({ level: { points: 100, at: startedAt }, fits: false })));
  });

  it('make nobody wait behind more than are soon answered', async () => {
    const [levels] = links.map(sharedLevels);
    const bucket = { capacity: 10_000, perSecond: 1 };
    const added = await Promise.allSettled(Array.from({ length: 2_000 }, () => levels?.add('tenant.two', bucket, 1, startedAt)));
    expect(added.filter(({ status }) => status === 'rejected')).toHaveLength(999);
  });

  it('try no secret while they cannot agree, show pages all the same, and agree again when the broker is back', async () => {
    expect((await ask(0, guess)).status).toBe(200);
    await broker.kill();
    expect(await ask(0, guess)).toEqual({ status: 503, code: 'SUBGRAPH_UNAVAILABLE' });
    expect((await ask(0, page)).status).toBe(200);
    let answered = 0;
    for (let n = 0; n < 60; n += 1) if ((await ask(1, page)).status === 200) answered += 1;
    expect(answered).toBeLessThanOrEqual(46);
    await broker.start();
    await vi.waitFor(async () => expect((await ask(0, guess)).status).toBe(200), { timeout: 10_000 });
  });

  it('tell the broker nobody\'s address, and may use no other bucket', async () => {
    await ask(0, guess);
    const all = await broker.connectAs('all');
    const keys = await (await all.connection?.jetstream().views.kv(levelsBucket))?.keys();
    const names: string[] = [];
    for await (const key of keys ?? []) names.push(key);
    await all.drain();
    expect(names.sort().map((name) => name.split('.')[0])).toEqual(['address', 'tenant']);
    expect(names.join()).not.toMatch(/127|acme/);
    const stranger = await broker.connectAs('gateway');
    await expect(stranger.connection?.jetstream({ timeout: 500 }).views.kv('others', { timeout: 500 })).rejects.toThrow();
    // Draining would wait for the answer that the broker refused to give.
    await stranger.connection?.close();
  });
});
