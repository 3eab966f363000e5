import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlOf } from '@haat/kit-postgres/postgres-roles';
import { superuserOf, type Superuser } from '@haat/kit-postgres/testing/superuser';
import { natsUsersOf } from '@haat/local/marketplace';
import { simulatePathao, type SimulatedPathao } from '@haat/local/pathao/simulate-pathao';
import { freePort } from '@haat/local/servers/free-port';
import { simulateStripe, type SimulatedStripe } from '@haat/local/stripe/simulate-stripe';
import { openDoor, type Door } from '../support/graph.js';
import { sellersToo } from '../support/test-marketplace.js';
import { testServers, type TestServers } from '../support/test-servers.js';
import { CrashProcess } from './crash-process.js';
import type { ChildSettings, Passing } from './passing.js';

/** Settings under which a crash is soon over: what is asked for now and then is asked for often. */
const childEnv = { HAAT_UNSAFE_DURABILITY: 'true', TRUSTED_PROXIES: '127.0.0.1,::1', STRIPE_POLL_SECONDS: '1' };

/** A marketplace in a process that dies and comes back, with everything around it that stays: databases, broker, Stripe, Pathao, clients. */
export interface CrashShop {
  readonly door: Door;
  readonly servers: TestServers;
  readonly stripe: SimulatedStripe['simulator'];
  readonly pathao: SimulatedPathao['simulator'];
  /** A statement of the superuser, past every wall. */
  readonly query: Superuser['query'];
  /** Counts passings from now on, and dies at one where it is said. */
  arm(dieAt?: Passing): Promise<void>;
  passings(): Promise<readonly Passing[]>;
  /** Resolves when the process that is there now has died. */
  died(): Promise<unknown>;
  isDead(): boolean;
  /** Starts the marketplace again where it was. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it with people, vendors and ways to send. `env` adds settings. */
export async function openCrashShop(env: Record<string, string> = {}, seeds: readonly string[] = sellersToo): Promise<CrashShop> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closing.splice(0).reverse()) await each();
  };
  try {
    return await open(env, seeds, closing, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(env: Record<string, string>, seeds: readonly string[], closing: (() => Promise<unknown>)[], close: () => Promise<void>): Promise<CrashShop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'haat-crash-'));
  closing.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const users = await natsUsersOf(dataDir);
  const servers = await testServers(dataDir, users);
  closing.push(() => servers.close());
  const stripe = await simulateStripe({ env: {}, dataDir, secret: servers.database, tenants: ['acme', 'nordic'] });
  const pathao = await simulatePathao({});
  if (!stripe || !pathao) throw new Error('Nobody stands in for Stripe or Pathao.');
  closing.push(() => stripe.simulator.stop(), () => Promise.resolve(pathao.simulator[Symbol.asyncDispose]()));
  const port = await freePort();
  const settings: ChildSettings = {
    dataDir, port, database: servers.database, seeds, postgresUrl: servers.postgres?.url ?? '', mongoUrl: servers.mongo?.url, mailUrl: servers.mail?.url,
    natsUrls: Object.fromEntries(users.map(({ name }) => [name, servers.nats?.urlFor(name) ?? ''])),
  };
  const full = { ...process.env, ...childEnv, HAAT_LOG: process.env['HAAT_LOG'] ?? 'silent', ...stripe.env, ...pathao.env, ...env };
  const make = (): CrashProcess => new CrashProcess(settings, full);
  let [now, next] = [make(), undefined as CrashProcess | undefined];
  closing.push(() => Promise.all([now.kill(), next?.kill()]));
  const url = await now.go();
  await stripe.callBackAt(url);
  pathao.callBackAt(url);
  next = make();
  const door = openDoor(url);
  closing.push(() => door.close());
  const superuser = superuserOf(urlOf(settings.postgresUrl, servers.database));
  closing.push(() => superuser.close());
  return {
    door, servers, stripe: stripe.simulator, pathao: pathao.simulator, close,
    query: superuser.query,
    arm: (dieAt) => now.arm(dieAt), passings: () => now.passings(), died: () => now.ended, isDead: () => now.hasEnded,
    async startAgain() {
      await now.kill();
      now = next ?? make();
      // The one after it loads while this one works.
      next = undefined;
      await now.go();
      next = make();
    },
  };
}
