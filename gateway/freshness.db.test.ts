import type { EventContract } from '@haat/schema/event';
import { subjectOf } from '@haat/schema/event';
import { sessionRevoked, viewerChanged } from '@haat/schema/events/identity';
import { tenantChanged } from '@haat/schema/events/tenants';
import type { NatsLink } from '@haat/kit/nats';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askOverHttp } from './testing/ask-over-http.js';
import { startBroker, type Broker } from './testing/broker.js';
import { fixtureIdentity, type FixtureIdentity } from './testing/fixture-identity.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';

describe('what the gateway keeps of tenants and viewers', () => {
  let broker: Broker;
  let nats: NatsLink;
  let publisher: NatsLink;
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;
  let authorization: string;
  let aheadMs: number;

  beforeEach(async () => {
    aheadMs = 0;
    broker = await startBroker();
    [nats, publisher, identity] = await Promise.all([broker.connectAs('gateway'), broker.connectAs('all'), fixtureIdentity()]);
    gateway = await startFixtureGateway({ asks: identity.asks, nats, clock: { now: () => new Date(Date.now() + aheadMs) } });
    // The subscriptions are at the broker before the first event is.
    await nats.connection?.flush();
    authorization = `Bearer ${await identity.sign()}`;
  });
  afterEach(async () => {
    await gateway.close();
    await Promise.all([nats.drain(), publisher.drain()]);
    await broker.close();
  });

  const ask = () => askOverHttp(gateway.url, { host: 'acme.localhost', authorization });
  const asksOf = (name: string) => identity.asked.filter((asked) => asked === name).length;
  const say = async <P>(contract: EventContract<P>, payload: P): Promise<void> => {
    publisher.connection?.publish(subjectOf(contract, 'ten_acme'), JSON.stringify({ payload }));
    await publisher.connection?.flush();
  };

  it('is kept for thirty seconds while the broker tells of changes', async () => {
    await ask();
    aheadMs = 29_000;
    await ask();
    expect([asksOf('viewer.resolve'), asksOf('tenant.resolve')]).toEqual([1, 2]);
    aheadMs = 31_000;
    await ask();
    expect(asksOf('viewer.resolve')).toBe(2);
  });

  it('is dropped when the rights of a person change, and only of that person', async () => {
    await ask();
    identity.viewers.delete('usr_1');
    await say(viewerChanged, { userId: 'usr_2' });
    expect((await ask()).status).toBe(200);
    await say(viewerChanged, { userId: 'usr_1' });
    await vi.waitFor(async () => expect((await ask()).status).toBe(401));
  });

  it('is dropped when a session ends', async () => {
    await ask();
    identity.viewers.delete('usr_1');
    await say(sessionRevoked, { sessionId: 'ses_1', userId: 'usr_1', why: 'SIGNED_OUT' });
    await vi.waitFor(async () => expect((await ask()).status).toBe(401));
  });

  it('is dropped when a marketplace changes', async () => {
    await ask();
    const { status: _, ...acme } = { ...identity.tenants.get('acme') };
    identity.tenants.set('acme', { ...acme, status: 'SUSPENDED' } as never);
    await say(tenantChanged, {
      tenantId: 'ten_acme', slug: 'acme', name: 'acme', status: 'SUSPENDED', currency: 'BDT', locales: ['en'], timeZone: 'UTC', plan: 'free', features: [], limits: {}, hosts: [],
    });
    await vi.waitFor(async () => expect((await ask()).status).toBe(403));
  });

  it('is kept for five seconds while the broker is gone, and dropped when it is back', async () => {
    await ask();
    await broker.kill();
    aheadMs = 6_000;
    await vi.waitFor(async () => {
      await ask();
      expect(asksOf('viewer.resolve')).toBeGreaterThan(1);
    });
    const before = asksOf('viewer.resolve');
    await broker.start();
    await vi.waitFor(async () => {
      await ask();
      expect(asksOf('viewer.resolve')).toBeGreaterThan(before);
    }, { timeout: 4_000 });
  });

  it('is all dropped by an event that cannot be read', async () => {
    await ask();
    identity.viewers.delete('usr_1');
    publisher.connection?.publish(subjectOf(viewerChanged, 'ten_acme'), 'not JSON');
    await vi.waitFor(async () => expect((await ask()).status).toBe(401));
  });
});
