import type { EventEnvelope } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';
import { systemClock } from '@haat/kit/clock';
import { startConsumers, type Consumers, type TxOf } from '../consumer.js';
import type { Tx } from '@haat/kit/context';
import { deadLetters, type DeadLetters } from '../dead-letter.js';
import { defineBatchConsumer, defineConsumer, type Consumer } from '@haat/kit/define';
import { newId } from '@haat/kit/id';
import { makeLog } from '@haat/kit/log';
import { tenantTable } from '@haat/kit-postgres/migration';
import type { NatsLink } from '@haat/kit/nats';
import { openPostgres, postgres } from '@haat/kit-postgres/postgres';
import type { PostgresUrls } from '@haat/kit-postgres/postgres-roles';
import { startRelay, type Relay } from '../relay.js';
import type { StoreRuntime, UnitOfWork } from '@haat/kit/store';
import { thingChanged, thingEnded } from './thing-events.js';

/** A transaction of the fixture's handlers. */
export type FixtureTx = Pick<Tx<EntityManager>, 'db' | 'emit'>;

/** What a handler of the fixture does beside writing its effect; throws to fail. */
export type Handling = (event: EventEnvelope<{ value: number; note?: string }>) => void | Promise<void>;

const sayerStore = postgres({ rows: [], migrations: [{ name: '0001-thing', up: tenantTable('thing', 'value int not null') }] });

/** An effect is counted, not merely there: one row for each time that a handler's transaction committed. */
const hearerStore = postgres({ rows: [], migrations: [{ name: '0001-effect', up: tenantTable('effect', 'seq bigint generated always as identity, event_id text not null, consumer text not null, aggregate_id text not null, aggregate_version int not null, value int not null') }] });

const log = makeLog('fixture', process.env['HAAT_LOG'] ?? 'silent');

type Env = Readonly<Record<keyof PostgresUrls, string>>;

/** The producing subgraph: its store, and its relay once it runs. */
export interface Sayer {
  readonly store: StoreRuntime<EntityManager>;
  /** Gives a thing its next version, and says so in the same commit. Answers the version. */
  change(tenantId: string, thingId: string, note?: string): Promise<number>;
  relay(nats: NatsLink, streamBytesMax?: number): Relay;
}

/** Opens the producing subgraph. */
export async function openSayer(env: Env): Promise<Sayer> {
  const store = await openPostgres(sayerStore, { subgraph: 'sayer', env: { ...env }, log, clock: systemClock });
  return {
    store,
    change: (tenantId, thingId, note) => store.transaction({ tenantId, actor: 'system:sayer' }, async (unit) => {
      const rows: { version: number }[] = await unit.db.query(
        'insert into thing (id, value) values ($1, 1) on conflict (tenant_id, id) do update set version = thing.version + 1, value = thing.version + 1 returning version', [thingId],
      );
      const version = rows[0]?.version ?? 0;
      await unit.emit(thingChanged, { aggregate: { id: thingId, version }, payload: { value: version, ...(note !== undefined && { note }) } });
      return version;
    }),
    relay: (nats, streamBytesMax) => startRelay({ subgraph: 'sayer', store, nats, log, clock: systemClock, streamBytesMax }),
  };
}

/** The consuming subgraph: its store, and its consumers once they run. */
export interface Hearer {
  readonly store: StoreRuntime<EntityManager>;
  readonly letters: DeadLetters;
  readonly definition: { readonly name: string; readonly consumers: readonly Consumer[] };
  hear(nats: NatsLink): Consumers;
}

/** Opens the consuming subgraph. `isBatch` has it apply things that changed together. */
export async function openHearer(env: Env, handling: Handling = () => undefined, isBatch = false): Promise<Hearer> {
  const store = await openPostgres(hearerStore, { subgraph: 'hearer', env: { ...env }, log, clock: systemClock });
  const consumers = [consumerOf('on-thing-changed', handling, isBatch), defineConsumer('on-thing-ended', thingEnded, async (tx: FixtureTx, event) => effect(tx, 'on-thing-ended', event))];
  const definition = { name: 'hearer', consumers };
  return {
    store, definition,
    letters: deadLetters({ definition, store, txOf: fixtureTx }),
    hear: (nats) => startConsumers({ definition, store, nats, log, clock: systemClock, txOf: fixtureTx }),
  };
}

/** The part of a transaction that the fixture's handlers use. */
export const fixtureTx: TxOf<EntityManager> = (unit: UnitOfWork<EntityManager>) => ({ db: unit.db, emit: (contract, event) => unit.emit(contract, event) }) satisfies FixtureTx as Partial<Tx> as Tx;

function consumerOf(name: string, handling: Handling, isBatch: boolean): Consumer {
  const consume = async (tx: FixtureTx, event: EventEnvelope<{ value: number; note?: string }>): Promise<void> => {
    await effect(tx, name, event);
    await handling(event);
  };
  if (!isBatch) return defineConsumer(name, thingChanged, consume);
  return defineBatchConsumer(name, thingChanged, async (tx: FixtureTx, events) => { for (const event of events) await consume(tx, event); });
}

async function effect({ db }: FixtureTx, consumer: string, { id, aggregate, payload }: EventEnvelope<{ value: number }>): Promise<void> {
  await db.query('insert into effect (id, event_id, consumer, aggregate_id, aggregate_version, value) values ($1, $2, $3, $4, $5, $6)', [newId('evt'), id, consumer, aggregate.id, aggregate.version, payload.value]);
}
