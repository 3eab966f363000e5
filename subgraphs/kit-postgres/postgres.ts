import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { readConfig } from '@haat/kit/config';
import type { ClassOf } from '@haat/kit/define';
import { idempotencyMigrations, pruneIdempotencyKeys } from './idempotency.js';
import { postgresInbox } from './inbox.js';
import { invariant } from '@haat/kit/invariant';
import { Leads } from './lock.js';
import type { Migration } from './migration.js';
import { outboxGate } from './outbox-gate.js';
import { outboxMigrations } from './outbox-migration.js';
import { postgresOutbox } from './outbox.js';
import { checkStore } from './postgres-check.js';
import type { PostgresDoor } from './postgres-door.js';
import { migrate } from './postgres-migrate.js';
import { connectionWaitMs, TenantSource } from './postgres-source.js';
import { transactions } from './postgres-transaction.js';
import type { OpenStoreOptions, StoreDefinition, StoreRuntime } from '@haat/kit/store';

/** A subgraph's store on Postgres: its row classes and how its schema came to be. */
export interface PostgresStore extends StoreDefinition {
  readonly kind: 'postgres';
  readonly rows: readonly ClassOf[];
  readonly migrations: readonly Migration[];
}

/** How the store is opened. `env` has DATABASE_URL, DATABASE_OWNER_URL and DATABASE_SWEEP_URL as `makeRoles` answers them; see {@link postgresConfig}. */
export interface OpenPostgresOptions extends OpenStoreOptions {
  /** For one statement, in milliseconds. Default: {@link statementTimeoutMs}. */
  readonly statementMs?: number;
}

/** How long a statement of the application may take, in milliseconds. */
export const statementTimeoutMs = 5_000;

/** The sweep role looks over the rows of all tenants, so it may take longer. */
const sweepTimeoutMs = 30_000;
const sweepPoolSize = 2;

const postgresConfig = z.object({
  DATABASE_URL: z.string().min(1),
  DATABASE_OWNER_URL: z.string().min(1),
  DATABASE_SWEEP_URL: z.string().min(1),
  /** Connections of the application. */
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(100).default(10),
  /** `1` takes a server that may lose commits: tests. */
  HAAT_UNSAFE_DURABILITY: z.stringbool().default(false),
});

/** The kit's own tables, before any of the subgraph's. */
const kitMigrations = [...outboxMigrations, ...idempotencyMigrations];

/** Declares that a subgraph keeps its rows in Postgres. A migration once deployed never changes. */
export function postgres(rowsAndMigrations: Pick<PostgresStore, 'rows' | 'migrations'>): PostgresStore {
  const store: PostgresStore = { kind: 'postgres', ...rowsAndMigrations, jobs: [pruneIdempotencyKeys], open: (options) => openPostgres(store, options) };
  return store;
}

/**
 * Brings the schema up to date, checks that its walls stand, and connects. Throws `ConfigMistake` or `StoreRefused`, for
 * people, when the store must not be used as it is.
 */
export async function openPostgres(store: Pick<PostgresStore, 'rows' | 'migrations'>, options: OpenPostgresOptions): Promise<StoreRuntime<EntityManager>> {
  const { subgraph } = options;
  const env = readConfig(postgresConfig, options.env, `the environment of ${subgraph}`);
  await migrate([...kitMigrations, ...store.migrations], {
    subgraph, ownerUrl: env.DATABASE_OWNER_URL, application: roleOf(env.DATABASE_URL), sweep: roleOf(env.DATABASE_SWEEP_URL),
  });
  await checkStore({ subgraph, url: env.DATABASE_URL, isUnsafeAllowed: env.HAAT_UNSAFE_DURABILITY });
  const tenants = new AsyncLocalStorage<string>();
  const source = await new TenantSource({
    subgraph, tenants, log: options.log, url: env.DATABASE_URL, rows: store.rows, poolMax: env.DATABASE_POOL_MAX, statementMs: options.statementMs ?? statementTimeoutMs,
  }).initialize();
  return runtimeOf(source, tenants, env, options);
}

type Env = z.infer<typeof postgresConfig>;

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

function runtimeOf(source: DataSource, tenants: AsyncLocalStorage<string>, env: Env, options: OpenPostgresOptions): StoreRuntime<EntityManager> {
  const sweeping = sweepPool(env, options);
  const leads = new Leads({ url: env.DATABASE_SWEEP_URL, subgraph: options.subgraph, log: options.log });
  const door = doorOf(source, tenants, sweeping, options);
  let closed: Promise<unknown> | undefined;
  return {
    db: door.db, inTenant: door.inTenant, transaction: door.transaction, sweep: door.sweep,
    outbox: postgresOutbox(door),
    inbox: postgresInbox(door),
    lead: (name) => leads.take(name),
    ping: async () => void (await source.query('select 1')),
    close: async () => void (await (closed ??= Promise.all([leads.close(), sweeping.end(), source.destroy()]))),
  };
}

function doorOf(source: DataSource, tenants: AsyncLocalStorage<string>, sweeping: pg.Pool, { subgraph, clock, log }: OpenPostgresOptions): PostgresDoor {
  const wakes: (() => void)[] = [];
  const inTenant: PostgresDoor['inTenant'] = (tenantId, work) => {
    invariant(tenantId !== '', 'A tenant has an id.');
    return tenants.run(tenantId, work);
  };
  const sweep: PostgresDoor['sweep'] = async (statement, parameters = []) => (await sweeping.query(statement, [...parameters])).rows as never;
  const parts = { subgraph, clock, log, inTenant, source, emitted: () => wakes.forEach((wake) => wake()), admit: () => gate.admit() };
  const door: PostgresDoor = { subgraph, clock, log, db: source.manager, inTenant, sweep, transaction: transactions(parts), onEmitted: (wake) => void wakes.push(wake) };
  const gate = outboxGate({ subgraph, outbox: postgresOutbox(door) });
  return door;
}

function sweepPool(env: Env, { subgraph, log }: OpenPostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env.DATABASE_SWEEP_URL, max: sweepPoolSize, application_name: `${subgraph} sweep`,
    connectionTimeoutMillis: connectionWaitMs, statement_timeout: sweepTimeoutMs, keepAlive: true,
  });
  return pool.on('error', (error) => log.warn({ err: error }, 'A connection to the database broke.'));
}
