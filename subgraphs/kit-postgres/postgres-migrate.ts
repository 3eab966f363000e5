import { createHash } from 'node:crypto';
import type pg from 'pg';
import { invariant } from '@haat/kit/invariant';
import { sharedMark, type Migration } from './migration.js';
import { StoreRefused, withClient } from './postgres-client.js';

/** How long a start waits for another one that migrates the same schema, in milliseconds. */
const turnWaitMs = 120_000;

/** Whose schema is brought up to date, and by whom. */
export interface MigrateOptions {
  readonly subgraph: string;
  readonly ownerUrl: string;
  /** Names of the subgraph's two other roles. */
  readonly application: string;
  readonly sweep: string;
}

/**
 * Runs the steps that a schema has not seen, in their order, each in its own transaction. Starts that come at once take
 * turns. Throws {@link StoreRefused} when a step that has run reads differently now; steps it does not know are a newer
 * program's and stay.
 */
export async function migrate(migrations: readonly Migration[], options: MigrateOptions): Promise<void> {
  invariant(new Set(migrations.map((m) => m.name)).size === migrations.length, `Two migrations of ${options.subgraph} have one name.`);
  await withClient(options.ownerUrl, async (client) => {
    await takeTurn(client, options.subgraph);
    const applied = await appliedIn(client, options);
    for (const migration of migrations) {
      const { up, checksum } = readied(migration, options);
      const before = applied.get(migration.name);
      if (before === undefined) await apply(client, { name: migration.name, up, checksum }, options.subgraph);
      else if (before !== checksum) throw new StoreRefused(`Migration ${migration.name} of ${options.subgraph} was changed after it had run: put it back as it was, and write the change as a new one.`);
    }
  });
}

/** The lock ends with the connection. */
async function takeTurn(client: pg.Client, subgraph: string): Promise<void> {
  await client.query(`set lock_timeout = ${turnWaitMs}`);
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`migrate ${subgraph}`]).catch((cause: Error) => {
    throw new StoreRefused(`Another start has been migrating ${subgraph} for ${turnWaitMs / 1_000} s: wait until it is done, or end it.`, { cause });
  });
}

async function appliedIn(client: pg.Client, { application }: MigrateOptions): Promise<Map<string, string>> {
  const { rows: [found] } = await client.query<{ is: boolean }>(`select to_regclass('migration') is not null as is`);
  if (!found?.is) {
    await client.query(`
      create table migration (name text primary key, checksum text not null, applied_at timestamptz not null default now());
      comment on table migration is '${sharedMark}';
      revoke insert, update, delete on migration from ${application};`);
  }
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migration');
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

interface Readied {
  readonly up: Migration['up'];
  readonly checksum: string;
}

function readied({ up }: Migration, { application, sweep }: MigrateOptions): Readied {
  // What a function reads as depends on the compiler.
  if (typeof up !== 'string') return { up, checksum: 'a function' };
  const sql = up.replaceAll('"$application"', application).replaceAll('"$sweep"', sweep);
  return { up: sql, checksum: createHash('sha256').update(up.replace(/\s+/g, ' ').trim()).digest('hex') };
}

async function apply(client: pg.Client, { name, up, checksum }: Readied & { readonly name: string }, subgraph: string): Promise<void> {
  await client.query('begin');
  try {
    if (typeof up === 'string') await client.query(up);
    else await up(async (sql, parameters) => (await client.query(sql, parameters && [...parameters])).rows as never);
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new StoreRefused(`Migration ${name} of ${subgraph} failed: ${(cause as Error).message}`, { cause });
  }
}
