import { Column, Entity, type EntityManager } from 'typeorm';
import { systemClock, type Clock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import { makeLog } from '@haat/kit/log';
import { tenantTable, type Migration } from '../migration.js';
import { openPostgres, postgres } from '../postgres.js';
import type { PostgresUrls } from '../postgres-roles.js';
import type { ActingIn, StoreRuntime } from '@haat/kit/store';
import { TenantRow } from '../tenant-row.js';
import { testDatabase, type TestDatabase } from './postgres.js';

/** A noun for the tests: it has a title and a number that grows. */
@Entity({ name: 'thing' })
export class Thing extends TenantRow {
  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'int', default: 0 })
  hits: number;

  get shout(): string {
    return this.title.toUpperCase();
  }
}

/** Its table. Its titles are due at no time, but the sweep role may count them. */
export const thingMigration: Migration = {
  name: '0001-things',
  up: tenantTable('thing', 'title text not null, hits int not null default 0, unique (tenant_id, title)', { sweep: { columns: ['hits'] }, platformToo: true }),
};

/** A store of things in a database of its own. */
export interface ThingStore extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly runtime: StoreRuntime<EntityManager>;
  /** Its environment. */
  readonly env: PostgresUrls & Readonly<Record<string, string>>;
  /** Another runtime on the same database, as another process would have; closed with this one. */
  again(env?: Readonly<Record<string, string>>): Promise<StoreRuntime<EntityManager>>;
}

/** Opens a store of things. `env` goes over what the database's own is. */
export async function openThings(options: { readonly env?: Readonly<Record<string, string>>; readonly clock?: Clock } = {}): Promise<ThingStore> {
  const database = await testDatabase();
  const env = { ...(await database.envFor('things')), ...options.env };
  const opened: StoreRuntime<EntityManager>[] = [];
  const again = async (more: Readonly<Record<string, string>> = {}): Promise<StoreRuntime<EntityManager>> => {
    const runtime = await openPostgres(postgres({ rows: [Thing], migrations: [thingMigration] }), {
      subgraph: 'things', env: { ...env, ...more }, log: makeLog('things', 'silent'), clock: options.clock ?? systemClock,
    });
    opened.push(runtime);
    return runtime;
  };
  return {
    database, env, again,
    runtime: await again(),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((runtime) => runtime.close()));
      await database.drop();
    },
  };
}

/** Somebody acting in a tenant. */
export function actingIn(tenantId: string = newId('ten'), actor = 'system:testing'): ActingIn {
  return { tenantId, actor };
}

/** Puts a thing into a tenant, and answers its id. */
export async function putThing(runtime: StoreRuntime<EntityManager>, tenantId: string, title: string): Promise<string> {
  const id = newId('prod');
  await runtime.transaction(actingIn(tenantId), ({ db }) => db.insert(Thing, { id, title }));
  return id;
}
