import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startBroker, type Broker } from '@haat/gateway/testing/broker';
import { fixtureIdentity, type FixtureIdentity } from '@haat/gateway/testing/fixture-identity';
import { fixtureLive, fixtureSayer, makeStream, type FixtureLive, type FixtureSayer } from '@haat/gateway/testing/fixture-live';
import { composed, serveFixture, type ServedFixture } from '@haat/gateway/testing/fixture-subgraphs';
import type { ChildOrders } from '@haat/gateway/testing/gateway-child';
import { systemClock } from '@haat/kit/clock';
import { makeSigningKeys, readTrustedKeys } from '@haat/kit/signing';
import { usedOnce } from '@haat/kit/used-once';
import { freePort } from '@haat/local/servers/free-port';

/** A gateway in a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  readonly pid: () => number;
  /** Ends it at once and without a word. */
  kill(): Promise<void>;
  /** Starts it where it was. */
  start(): Promise<void>;
}

/** Gateways in processes, over subgraphs with live fields and a broker in this one. */
export interface GatewayProcesses {
  readonly broker: Broker;
  readonly identity: FixtureIdentity;
  readonly live: FixtureLive;
  readonly sayer: FixtureSayer;
  readonly gateways: readonly GatewayProcess[];
  close(): Promise<void>;
}

/** Starts so many. */
export async function startGatewayProcesses(count: number): Promise<GatewayProcesses> {
  const [broker, identity] = await Promise.all([startBroker(), fixtureIdentity()]);
  const live = fixtureLive();
  const admin = await broker.connectAs('all');
  await makeStream(admin);
  const { privateJwk, publicJwk } = await makeSigningKeys('gateway');
  const insists = { trusted: await readTrustedKeys(JSON.stringify({ keys: [publicJwk] })), used: usedOnce(), clock: systemClock };
  const served = new Map<string, ServedFixture>();
  for (const definition of live.definitions) served.set(definition.name, await serveFixture(definition, insists));
  const asked = await serveAsks(identity);
  const sdl = composed(live.definitions, new Map([...served].map(([name, { url }]) => [name, url])));
  const orders = { sdl, natsUrl: broker.urlFor('gateway'), asksUrl: urlOf(asked), privateJwk: JSON.stringify(privateJwk) };
  const gateways = await Promise.all(Array.from({ length: count }, () => gatewayProcess(orders)));
  return {
    broker, identity, live, gateways,
    sayer: fixtureSayer(admin, live),
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.kill()));
      await Promise.all([...served.values()].map((fixture) => fixture.close()));
      asked.close();
      await admin.drain();
      await broker.close();
    },
  };
}

async function gatewayProcess(orders: Omit<ChildOrders, 'port'>): Promise<GatewayProcess> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const gateway: GatewayProcess = {
    url: `http://127.0.0.1:${port}/graphql`,
    pid: () => child?.pid ?? 0,
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async start() {
      const program = fileURLToPath(import.meta.resolve('@haat/gateway/testing/gateway-child'));
      child = fork(program, { env: { ...process.env, GATEWAY_CHILD: JSON.stringify({ ...orders, port } satisfies ChildOrders) } });
      await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('A gateway ended before it was ready.')))]);
    },
  };
  await gateway.start();
  return gateway;
}

/** Answers what gateways would ask of identity and tenants. */
async function serveAsks(identity: FixtureIdentity): Promise<Server> {
  const server = createServer((request, response) => void (async () => {
    const { name, input, context } = JSON.parse(Buffer.concat(await request.toArray() as Buffer[]).toString('utf8')) as { name: string; input: unknown; context: never };
    const asIs = { parse: (value: unknown) => value };
    response.end(JSON.stringify(await identity.asks.ask({ name, input: asIs, output: asIs } as never, input, context)));
  })().catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
