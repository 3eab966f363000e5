import type { NatsLink } from '@haat/kit/nats';
import type { Viewer } from '@haat/kit/identity';
import { startBroker, type Broker } from './broker.js';
import { startFixtureGateway, type FixtureGateway, type FixtureGatewayOptions } from './fixture-gateway.js';
import { fixtureIdentity, type FixtureIdentity } from './fixture-identity.js';
import { fixtureLive, fixtureSayer, makeStream, type FixtureLive, type FixtureSayer } from './fixture-live.js';
import { foreignClient, type ForeignClient } from './live-client.js';

/** A broker, subgraphs with live fields, and gateways over them. */
export interface LiveRig {
  readonly broker: Broker;
  readonly identity: FixtureIdentity;
  readonly live: FixtureLive;
  readonly sayer: FixtureSayer;
  /** As who may do everything at the broker. */
  readonly admin: NatsLink;
  readonly gateway: FixtureGateway;
  /** Another gateway over the same subgraphs, closed with the rig. */
  anotherGateway(options?: FixtureGatewayOptions): Promise<FixtureGateway>;
  /** A person of a tenant from now on; answers their authorization. */
  person(userId: string, vendors: readonly string[], options?: PersonOptions): Promise<string>;
  /** A client of a gateway, closed with the rig. */
  client(authorization: string | undefined, options?: { readonly tenant?: string; readonly gateway?: FixtureGateway }): ForeignClient;
  close(): Promise<void>;
}

/** Who somebody is. */
export interface PersonOptions {
  readonly tenant?: string;
  /** Seconds until their token ends. */
  readonly seconds?: number;
}

/** A subscription to the levels of a vendor, with a field of another subgraph in it. */
export const levelsText = 'subscription Levels($vendorId: ID!, $lowOnly: Boolean, $after: String) { changed: levelChanged(vendorId: $vendorId, lowOnly: $lowOnly, after: $after) { id count ...Titled } } fragment Titled on Level { title }';

/** Someone who looks after the stock of these vendors. */
export function merchant(userId: string, vendors: readonly string[]): Viewer {
  return { kind: 'USER', userId, roles: ['MERCHANT'], grants: [], vendors: vendors.map((id) => ({ id, grants: ['stock.manage'] })) };
}

/** Starts it. */
export async function liveRig(options: FixtureGatewayOptions = {}, maxAgeMs?: number): Promise<LiveRig> {
  const broker = await startBroker();
  const [admin, identity] = await Promise.all([broker.connectAs('all'), fixtureIdentity()]);
  const live = fixtureLive();
  await makeStream(admin, maxAgeMs);
  const closing: (() => Promise<void>)[] = [];
  const anotherGateway: LiveRig['anotherGateway'] = async (more = {}) => {
    const nats = await broker.connectAs('gateway');
    const gateway = await startFixtureGateway({ definitions: live.definitions, asks: identity.asks, nats, ...more });
    closing.push(async () => {
      await gateway.close();
      await nats.drain();
    });
    return gateway;
  };
  const gateway = await anotherGateway(options);
  return {
    broker, identity, live, admin, gateway, anotherGateway,
    sayer: fixtureSayer(admin, live),
    async person(userId, vendors, { tenant = 'acme', seconds = 600 } = {}) {
      identity.viewers.set(userId, merchant(userId, vendors));
      const now = Math.floor(Date.now() / 1_000);
      return `Bearer ${await identity.sign({ sub: userId, ten: `ten_${tenant}`, iat: now, exp: now + seconds })}`;
    },
    client(authorization, { tenant = 'acme', gateway: other = gateway } = {}) {
      const made = foreignClient(other.url, { ...(authorization && { authorization }), 'X-Haat-Tenant': tenant });
      closing.push(() => made.close());
      return made;
    },
    async close() {
      for (const close of closing.reverse()) await close();
      await admin.drain();
      await broker.close();
    },
  };
}
