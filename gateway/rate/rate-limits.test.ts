import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { fixtureIdentity, type FixtureIdentity } from '../testing/fixture-identity.js';
import { fixtureShop } from '../testing/fixture-shop.js';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';

/** A page of 21 points; coming costs one more. */
const page = '{ page(first: 20) { nodes { id } } }';

describe('what may be spent in a short time', () => {
  const startedAt = Date.now();
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;
  let aheadMs = 0;

  beforeAll(async () => {
    identity = await fixtureIdentity();
    for (const [slug, tenant] of identity.tenants) identity.tenants.set(slug, { ...tenant, limits: { queryCost: 100, viewerPointsPerSecond: 5, tenantPointsPerSecond: slug === 'nordic' ? 4 : 1_000 } });
    const config = { RATE_ADDRESS_PER_SECOND: 10, TRUSTED_PROXIES: ['127.0.0.0/8'] };
    gateway = await startFixtureGateway({ asks: identity.asks, definitions: fixtureShop, config, clock: { now: () => new Date(startedAt + aheadMs) } });
  });
  afterAll(() => gateway.close());

  const from = (address: string, more: Record<string, string> = {}) => ({ headers: { 'x-forwarded-for': address, ...more } });
  const spentUntilRefused = async (headers: { headers: Record<string, string> }, query = page) => {
    for (let times = 0; times < 100; times += 1) {
      const answer = await gateway.ask(query, headers);
      if (answer.status === 429) return { times, answer };
    }
    throw new Error('Never refused.');
  };

  it('is exactly what an address has, and is given back with time', async () => {
    const { times, answer } = await spentUntilRefused(from('203.0.113.1'));
    expect(times).toBe(13);
    expect(answer.body.errors).toEqual([expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfterMs: 800, by: 'address' } })]);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.body.data).toBeUndefined();
    expect((await gateway.ask(page, from('203.0.113.2'))).status).toBe(200);
    aheadMs += 1_000;
    expect((await gateway.ask(page, from('203.0.113.1'))).status).toBe(200);
  });

  it('is told with each answer', async () => {
    const { body } = await gateway.ask(page, from('203.0.113.3'));
    expect(body.extensions).toEqual({ cost: { requested: 21, limit: 100, remaining: 278, restoredPerSecond: 10 } });
  });

  it('is what a signed-in viewer has, wherever they come from', async () => {
    const authorization = `Bearer ${await identity.sign()}`;
    const first = await gateway.ask(page, from('198.51.100.1', { authorization }));
    expect(first.body.extensions).toMatchObject({ cost: { remaining: 129, restoredPerSecond: 5 } });
    for (let n = 2; n <= 7; n += 1) expect((await gateway.ask(page, from(`198.51.100.${n}`, { authorization }))).status).toBe(200);
    const { body } = await gateway.ask(page, from('198.51.100.8', { authorization }));
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', by: 'viewer' });
  });

  it('is what a tenant has, and one tenant spends nothing of another', async () => {
    const elsewhere = (n: number, tenant: string) => from(`192.0.2.${n}`, { 'x-haat-tenant': tenant });
    for (let n = 1; n <= 5; n += 1) expect((await gateway.ask(page, elsewhere(n, 'nordic'))).status).toBe(200);
    expect((await gateway.ask(page, elsewhere(6, 'nordic'))).body.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', by: 'tenant' });
    expect((await gateway.ask(page, elsewhere(7, 'acme'))).status).toBe(200);
  });

  it('is spent by what is refused, too', async () => {
    const { times } = await spentUntilRefused(from('203.0.113.50'), '{ nothing }').catch(() => ({ times: -1 }));
    expect(times).toBe(-1);
    for (let n = 0; n < 200; n += 1) await gateway.ask('{ nothing }', from('203.0.113.50'));
    const { body, status } = await gateway.ask('{ nothing }', from('203.0.113.50'));
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED']);
  });

  it.each([
    ['tokens that nobody has', 'token.resolve', (n: number) => ({ authorization: `Bearer haat_acme_${String(n).padStart(43, '0')}` })],
    ['marketplaces that are none', 'tenant.resolve', (n: number) => ({ 'x-haat-tenant': `nobody-${n}` })],
  ])('is spent by %s, and by each as much as by many pages', async (_, ask, headers) => {
    const address = `203.0.113.${ask.length + 80}`;
    const before = identity.asked.filter((name) => name === ask).length;
    const statuses: number[] = [];
    for (let n = 0; n < 250; n += 1) statuses.push((await gateway.ask('{ page(first: 1) { nodes { id } } }', from(address, headers(n)))).status);
    expect(statuses.indexOf(429)).toBe(199);
    expect(new Set(statuses.slice(199))).toEqual(new Set([429]));
    expect(identity.asked.filter((name) => name === ask).length - before).toBe(199);
  });

  it('is spent by each socket that is opened, whatever is said on it', async () => {
    const address = '203.0.113.150';
    expect((await gateway.ask(page, from(address))).status).toBe(200);
    for (let n = 0; n < 270; n += 1) {
      const socket = new WebSocket(`${gateway.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', { headers: { 'x-forwarded-for': address } });
      await once(socket, 'open');
      socket.terminate();
    }
    expect((await gateway.ask(page, from(address))).status).toBe(429);
  });

  it('is one for all addresses of one network', async () => {
    await spentUntilRefused(from('2001:db8:1:2::1'));
    expect((await gateway.ask(page, from('2001:db8:1:2:ffff::9'))).status).toBe(429);
    expect((await gateway.ask(page, from('2001:db8:1:3::1'))).status).toBe(200);
  });
});
