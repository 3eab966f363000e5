import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { NatsConnection } from 'nats';
import type { Consumers } from '../consumer.js';
import { natsPermissionsOf } from '@haat/kit/nats-permissions';
import type { Relay } from '../relay.js';
import { eventually } from '@haat/kit/testing/eventually';
import type { ChildOrders } from './nats-child.js';
import { thingChanged, thingEnded } from './thing-events.js';
import { openHearer, openSayer, type Handling, type Hearer, type Sayer } from './nats-fixture.js';
import { testNats, type TestNats } from '@haat/kit/testing/nats';
import { testDatabase, type TestDatabase } from '@haat/kit-postgres/testing/postgres';

/** An effect as it was committed. */
export interface Effect {
  readonly event_id: string;
  readonly aggregate_id: string;
  readonly aggregate_version: number;
  readonly consumer: string;
}

/** A producer, a broker and a consumer of a test file's own, each as its own NATS user. */
export interface Rig {
  readonly nats: TestNats;
  readonly database: TestDatabase;
  readonly sayer: Sayer;
  readonly hearer: Hearer;
  startRelay(streamBytesMax?: number): Promise<Relay>;
  startConsumers(): Promise<Consumers>;
  /** As the user that may do everything. */
  admin(): Promise<NatsConnection>;
  effects(tenantId: string): Promise<readonly Effect[]>;
  /** Every event of a tenant is at the broker and has had its effect, exactly once and in the order of its aggregate. */
  settled(tenantId: string, limitMs?: number): Promise<void>;
  /** Runs a child process until it dies by the orders it has, or until `unless` holds. Answers whether it died. */
  untilDeath(orders: Pick<ChildOrders, 'role' | 'dieAt' | 'dieOnNote'>, unless?: () => Promise<boolean>): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens it; relay and consumers run when they are started. `isBatch` has the hearer apply many events together. */
export async function openRig(handling?: Handling, isBatch = false): Promise<Rig> {
  const database = await testDatabase();
  const [sayerEnv, hearerEnv] = [await database.envFor('sayer'), await database.envFor('hearer')];
  const sayer = await openSayer(sayerEnv);
  const hearer = await openHearer(hearerEnv, handling, isBatch);
  const nats = await testNats([
    { name: 'sayer', ...natsPermissionsOf({ name: 'sayer', says: [thingChanged, thingEnded] }) },
    { name: 'hearer', ...natsPermissionsOf(hearer.definition) },
    { name: 'other', ...natsPermissionsOf({ name: 'other', says: [thingChanged], consumers: hearer.definition.consumers }) },
  ]);
  const running: { close(): Promise<void> }[] = [];
  const started = <T extends { close(): Promise<void> }>(part: T): T => {
    running.push(part);
    return part;
  };
  const effects = (tenantId: string): Promise<Effect[]> => database.query<Effect>('select event_id, aggregate_id, aggregate_version, consumer from hearer.effect where tenant_id = $1 order by seq', [tenantId]);
  return {
    nats, database, sayer, hearer, effects,
    startRelay: async (streamBytesMax) => started(sayer.relay(await nats.link('sayer'), streamBytesMax)),
    startConsumers: async () => started(hearer.hear(await nats.link('hearer'))),
    admin: async () => {
      const link = await nats.link();
      return eventually(() => link.connection);
    },
    settled: (tenantId, limitMs = 30_000) => settled(database, effects, tenantId, limitMs),
    untilDeath: async (orders, unless = async () => false) => {
      const env = orders.role === 'relay' ? sayerEnv : hearerEnv;
      const natsUrl = nats.urlFor(orders.role === 'relay' ? 'sayer' : 'hearer');
      const child = fork(new URL('./nats-child.js', import.meta.url), { env: { ...process.env, NATS_CHILD: JSON.stringify({ ...orders, env, natsUrl } satisfies ChildOrders) } });
      const death = once(child, 'exit');
      const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
      await eventually(async () => isOver() || (await unless()), 30_000).finally(() => void (isOver() || child.kill('SIGKILL')));
      const [, signal] = (await death) as [number | null, string | null];
      if (!signal) throw new Error('The child ended by itself.');
      return !child.killed;
    },
    close: async () => {
      await Promise.all(running.map((part) => part.close()));
      await nats.close();
      await Promise.all([sayer.store.close(), hearer.store.close()]);
      await database.drop();
    },
  };
}

async function settled(database: TestDatabase, effects: (tenantId: string) => Promise<readonly Effect[]>, tenantId: string, limitMs: number): Promise<void> {
  const said = await database.query<{ id: string }>('select id from sayer.outbox where tenant_id = $1 order by seq', [tenantId]);
  await eventually(async () => {
    const [waiting] = await database.query<{ n: number }>('select count(*)::int as n from sayer.outbox where tenant_id = $1 and published_at is null', [tenantId]);
    const found = new Set((await effects(tenantId)).map((row) => row.event_id));
    if (waiting?.n !== 0 || found.size !== said.length) throw new Error(`${waiting?.n} wait, ${found.size} of ${said.length} took effect`);
    return true;
  }, limitMs);
  const rows = await effects(tenantId);
  const twice = rows.length - new Set(rows.map((row) => row.event_id)).size;
  if (twice > 0) throw new Error(`${twice} effects came twice.`);
  for (const [aggregate, of] of Map.groupBy(rows, (row) => row.aggregate_id)) {
    const versions = of.map((row) => row.aggregate_version);
    if (versions.some((version, n) => version !== n + 1)) throw new Error(`${aggregate} came as ${versions.join(' ')}`);
  }
}
