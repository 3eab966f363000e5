import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '@haat/kit/config';
import { systemClock } from '@haat/kit/clock';
import type { SubgraphDefinition } from '@haat/kit/define';
import { makeLog, type Log } from '@haat/kit/log';
import { natsPermissionsOf } from '@haat/kit/nats-permissions';
import { asking, type AnswerAsk } from '@haat/kit/ask';
import { connectNats, type NatsLink } from '@haat/kit/nats';
import { readSigningKey, readTrustedKeys } from '@haat/kit/signing';
import { startSubgraph, type RunningSubgraph } from '@haat/kit-run/start';
import { startTelemetry } from '@haat/kit/telemetry';
import { gatewayConfig } from '@haat/gateway/config';
import { startGateway, type GatewayOptions, type RunningGateway } from '@haat/gateway/gateway';
import { gatewayNatsPermissions } from '@haat/gateway/nats-permissions';
import { composeSubgraphs } from '@haat/schema/compose';
import { root } from './cli/root.js';
import { servePictures } from './pictures.js';
import { loadSecrets, type Secrets } from './secrets.js';
import { keptPort } from './servers/kept-port.js';
import { logins, seededTenants, seedOnce, seedShopOnce, type Login } from './seed.js';
import type { NatsUser } from './servers/nats-config.js';
import type { Servers } from './servers/servers.js';
import { sdlOf } from './subgraph-sdl.js';
import { sharedEnv, subgraphEnv } from './subgraph-env.js';
import { simulatePathao, type SimulatedPathao } from './pathao/simulate-pathao.js';
import type { PathaoSimulator } from './pathao/start-pathao-simulator.js';
import { simulateStripe, type SimulatedStripe } from './stripe/simulate-stripe.js';
import type { StripeSimulator } from './stripe/start-stripe-simulator.js';
import { chosenSubgraphs, subgraphs } from './subgraphs.js';

/** How a marketplace is started. */
export interface MarketplaceOptions {
  /** Where secrets and marks are kept; the servers keep their own data there as well. */
  readonly dataDir: string;
  readonly servers: Servers;
  /** The public door's; 0 takes a free one. */
  readonly port: number;
  /** Some subgraphs by name; all when absent. */
  readonly only?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly seed: 'first-run' | 'never' | 'always';
  readonly progress: (step: string) => void;
  /** Subgraphs that are seeded, and `shop` for prices and stock; all when absent. For tests, which need people and no goods. */
  readonly seedOnly?: readonly string[];
  /** The Postgres database of this marketplace, and the beginning of its Mongo databases' names. */
  readonly database?: string;
}

/** A marketplace that runs: the gateway and all subgraphs, in this process. */
export interface Marketplace {
  readonly url: string;
  readonly pages: readonly { readonly name: string; readonly url: string }[];
  readonly logins: readonly Login[];
  readonly subgraphs: ReadonlyMap<string, RunningSubgraph>;
  readonly gateway: RunningGateway;
  readonly secrets: Secrets;
  /** Stands in for Stripe where the environment names no account there. */
  readonly stripe: StripeSimulator | undefined;
  /** Stands in for Pathao where the environment does not say where that is. */
  readonly pathao: PathaoSimulator | undefined;
  close(): Promise<void>;
}

const principals = [...subgraphs.map((s) => s.name), 'gateway'];

/** Starts the chosen subgraphs side by side, seeds them on the first run, and opens the door. What began is closed when a part fails. */
export async function startMarketplace(options: MarketplaceOptions): Promise<Marketplace> {
  const chosen = chosenSubgraphs(options.only);
  const secrets = await loadSecrets(options.dataDir, principals);
  const closing: (() => Promise<void>)[] = [];
  try {
    const pictures = await servePictures(await keptPort(join(options.dataDir, 'pictures.port')));
    closing.push(() => pictures.close());
    const stripe = await stripeFor(chosen, options, secrets, closing);
    const pathao = await pathaoFor(chosen, options, closing);
    const env = { ...options.env, ...stripe?.env, ...pathao?.env, IMAGE_BASE_URL: options.env['IMAGE_BASE_URL'] ?? pictures.url };
    const localAnswers = new Map<string, AnswerAsk>();
    const running = await startSubgraphs(chosen, { ...options, env }, secrets, localAnswers, closing);
    options.progress(`subgraphs: ${[...running.keys()].sort().join(', ')}`);
    if (await seedOnce(options, chosen, running)) options.progress('seed');
    const gateway = await openDoor(chosen, options, secrets, running, closing);
    if (gateway.answer) localAnswers.set('gateway', gateway.answer);
    await stripe?.callBackAt(gateway.url);
    pathao?.callBackAt(gateway.url);
    options.progress('gateway');
    if (await seedShopOnce(options, chosen, gateway.url)) options.progress('prices and stock');
    return { url: gateway.url, pages: pagesOf(gateway, options.servers, stripe?.simulator), logins: logins(chosen), subgraphs: running, gateway, secrets, stripe: stripe?.simulator, pathao: pathao?.simulator, close: () => closeAll(closing) };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

/** The users that the local NATS must know, each with its own subjects only. */
export async function natsUsersOf(dataDir: string, only?: readonly string[]): Promise<NatsUser[]> {
  const secrets = await loadSecrets(dataDir, principals);
  const own = chosenSubgraphs(only).map((definition) => ({ name: definition.name, ...natsPermissionsOf(definition) }));
  const users = [...own, { name: 'gateway', ...gatewayNatsPermissions }];
  return users.map((user) => ({ ...user, password: secrets.principals[user.name]?.natsPassword ?? '' }));
}

/** Nothing where payments does not run, or where the environment names an account at Stripe. */
async function stripeFor(chosen: readonly SubgraphDefinition[], { env, dataDir }: MarketplaceOptions, secrets: Secrets, closing: (() => Promise<void>)[]): Promise<SimulatedStripe | undefined> {
  if (!chosen.some(({ name }) => name === 'payments')) return undefined;
  const stripe = await simulateStripe({ env, dataDir, secret: secrets.guestKeySecret, tenants: seededTenants });
  if (stripe) closing.push(() => stripe.simulator.stop());
  return stripe;
}

/** Nothing where shipping does not run, or where the environment says where Pathao is. */
async function pathaoFor(chosen: readonly SubgraphDefinition[], { env }: MarketplaceOptions, closing: (() => Promise<void>)[]): Promise<SimulatedPathao | undefined> {
  const pathao = chosen.some(({ name }) => name === 'shipping') ? await simulatePathao(env) : undefined;
  if (pathao) closing.push(() => Promise.resolve(pathao.simulator[Symbol.asyncDispose]()));
  return pathao;
}

async function startSubgraphs(chosen: readonly SubgraphDefinition[], options: MarketplaceOptions, secrets: Secrets, localAnswers: Map<string, AnswerAsk>, closing: (() => Promise<void>)[]): Promise<Map<string, RunningSubgraph>> {
  const database = options.database ?? 'haat';
  const running = new Map<string, RunningSubgraph>();
  const starts = chosen.map(async (definition) => {
    const env = await subgraphEnv(definition, { servers: options.servers, secrets, database, env: options.env });
    const subgraph = await startSubgraph(definition, { env, localAnswers, log: logOf(definition.name, options.env) });
    closing.push(() => subgraph.close());
    localAnswers.set(definition.name, subgraph.answer);
    running.set(definition.name, subgraph);
  });
  for (const outcome of await Promise.allSettled(starts)) if (outcome.status === 'rejected') throw outcome.reason;
  return running;
}

/** The whole supergraph is committed, and taken up while we run when it is generated anew; a part of it is composed here. */
async function supergraphOf(chosen: readonly SubgraphDefinition[], env: NodeJS.ProcessEnv): Promise<GatewayOptions['supergraph']> {
  if (chosen.length < subgraphs.length) return { sdl: composeSubgraphs(sdlOf(chosen)).supergraphSdl };
  const file = env['SUPERGRAPH'] ?? join(root, 'schema/supergraph.graphql');
  return { sdl: await readFile(file, 'utf8'), file };
}

async function openDoor(chosen: readonly SubgraphDefinition[], options: MarketplaceOptions, secrets: Secrets, running: Map<string, RunningSubgraph>, closing: (() => Promise<void>)[]): Promise<RunningGateway> {
  const env: NodeJS.ProcessEnv = { ...options.env, ...sharedEnv('gateway', secrets), GUEST_KEY_SECRET: secrets.guestKeySecret, PORT: String(options.port), OPERATIONS: options.env['OPERATIONS'] ?? join(root, 'schema/operations'), SITES: options.env['SITES'] ?? builtSites(options.env) };
  const log = logOf('gateway', options.env);
  const nats = await gatewayNats(options.servers, log, closing);
  const telemetry = await startTelemetry({ service: 'gateway', env });
  closing.push(() => telemetry.close());
  const key = await readSigningKey(env['HAAT_SIGNING_KEY'] ?? '');
  const local = new Map([...running].map(([name, subgraph]) => [name, subgraph.answer]));
  const gateway = await startGateway({
    config: readConfig(gatewayConfig, env), supergraph: await supergraphOf(chosen, env), sources: running, port: options.port, log, key, trusted: await readTrustedKeys(env['HAAT_TRUSTED_KEYS'] ?? ''),
    asks: asking({ key, clock: systemClock, nats, local }), nats, metrics: telemetry.metricsText, explorers: { logins: logins(chosen), tenant: 'acme' },
  });
  closing.push(() => gateway.close());
  return gateway;
}

async function gatewayNats(servers: Servers, log: Log, closing: (() => Promise<void>)[]): Promise<NatsLink | undefined> {
  if (!servers.nats) return undefined;
  const nats = await connectNats({ url: servers.nats.urlFor('gateway'), name: 'gateway', log });
  closing.push(() => nats.drain());
  return nats;
}

/** Our own pages are there in development, once they are built. */
function builtSites({ NODE_ENV }: NodeJS.ProcessEnv): string {
  const folder = join(root, 'clients/merchant/dist/site');
  return NODE_ENV !== 'production' && existsSync(join(folder, 'index.html')) ? `merchant=${folder}` : '';
}

function pagesOf(gateway: RunningGateway, servers: Servers, stripe: StripeSimulator | undefined): Marketplace['pages'] {
  const own = [['GraphQL', 'graphql'], ['Sandbox', 'sandbox'], ['GraphiQL', 'graphiql'], ['Merchant', 'merchant']].map(([name = '', path = '']) => ({ name, url: `${gateway.url}/${path}` }));
  const others = [{ name: 'Mail', url: servers.mail?.page }, { name: 'Pay', url: stripe?.url }];
  return [...own, ...others.flatMap(({ name, url }) => (url === undefined ? [] : [{ name, url }]))];
}

/** The door closes first, then the subgraphs, in the reverse order of their start. */
async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close().catch(() => undefined);
}

/** A local run is quiet unless asked: its log would bury the addresses it prints. */
function logOf(name: string, env: NodeJS.ProcessEnv): Log {
  return makeLog(name, env['HAAT_LOG'] ?? 'error');
}
