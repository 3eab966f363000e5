import type { NatsLink } from '@haat/kit/nats';
import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBroker, type Broker } from '../testing/broker.js';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';
import { fixtureIdentity, type FixtureIdentity } from '../testing/fixture-identity.js';
import { fixtureLive, fixtureSayer, makeStream, type FixtureLive, type FixtureSayer } from '../testing/fixture-live.js';
import { foreignClient, type ForeignClient } from '../testing/live-client.js';

const text = 'subscription Levels($vendorId: ID!, $lowOnly: Boolean, $after: String) { changed: levelChanged(vendorId: $vendorId, lowOnly: $lowOnly, after: $after) { id count ...Titled } } fragment Titled on Level { title }';

describe('a live field over a socket', () => {
  let broker: Broker;
  let links: NatsLink[];
  let identity: FixtureIdentity;
  let live: FixtureLive;
  let sayer: FixtureSayer;
  let gateway: FixtureGateway;
  let client: ForeignClient;

  beforeEach(async () => {
    broker = await startBroker();
    links = await Promise.all([broker.connectAs('gateway'), broker.connectAs('all')]);
    const [nats, publisher] = links as [NatsLink, NatsLink];
    identity = await fixtureIdentity();
    identity.viewers.set('usr_m', { kind: 'USER', userId: 'usr_m', roles: ['MERCHANT'], grants: [], vendors: [{ id: 'v1', grants: ['stock.manage'] }] });
    live = fixtureLive();
    await makeStream(publisher);
    sayer = fixtureSayer(publisher, live);
    gateway = await startFixtureGateway({ definitions: live.definitions, asks: identity.asks, nats });
    client = foreignClient(gateway.url, { authorization: `Bearer ${await identity.sign({ sub: 'usr_m' })}`, 'X-Haat-Tenant': 'acme' });
  });
  afterEach(async () => {
    await client.close();
    await gateway.close();
    await Promise.all(links.map((link) => link.drain()));
    await broker.close();
  });

  it('gives every event that concerns it once and in order, with what any subgraph has of it', async () => {
    const feed = client.listen(text, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    for (let n = 0; n < 300; n += 1) await sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: n % 3 === 0 ? 'v2' : 'v1', count: n });
    await eventually(() => feed.payloads.length === 200);
    const wanted = Array.from({ length: 300 }, (_, n) => n).filter((n) => n % 3 !== 0);
    expect(feed.payloads.map(({ data }) => data?.['changed'])).toEqual(wanted.map((n) => ({ id: `l${n}`, count: n, title: `Shelf l${n}` })));
    expect(new Set(feed.payloads.map(({ extensions }) => extensions?.cursor)).size).toBe(feed.payloads.length);
    expect(feed.payloads.every(({ errors }) => errors === undefined)).toBe(true);
  });
});
