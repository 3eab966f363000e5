import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '@haat/kit-postgres/postgres-client';
import { subgraphEnv } from '@haat/local/subgraph-env';
import { subgraphs } from '@haat/local/subgraphs';
import { casesOf } from './api.js';
import { tenantTables } from './marked-rows.js';
import { elsewhere, idOf, startWorld, type World } from './world.js';

describe('the database of each subgraph', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await world.strangersTo(await world.shopper(), []);
  });
  afterAll(() => world.close());

  const onPostgres = subgraphs.filter(({ store }) => store.kind === 'postgres');
  it.each(onPostgres)('gives $name the rows of one tenant at a time, in every table [TEN-08, TEN-12, SEC-12]', async (definition) => {
    for (const arrange of Object.values((await casesOf(definition.name)).samples)) await arrange(world);
    const { servers, secrets, env } = world.marketplace;
    const [ours, theirs] = [await idOf(world, 'acme'), await idOf(world, elsewhere)];
    const { DATABASE_URL = '' } = await subgraphEnv(definition, { servers, secrets, env, database: servers.database });
    const filled: string[] = [];
    await withClient(DATABASE_URL, async (client) => {
      for (const table of await tenantTables(world.marketplace, definition.name)) {
        const select = `select 1 from ${table} where tenant_id = $1`;
        await expect.poll(() => unseen(world, { client, definition, table, tenant: ours }), { message: `rows of ${table} that their own tenant does not see`, timeout: 5_000 }).toBeLessThanOrEqual(0);
        if ((await affected(client, ours, { sql: select, about: ours })) > 0) filled.push(table);
        for (const tenant of [theirs, '', '%']) expect([table, tenant, await affected(client, tenant, { sql: select, about: ours })]).toEqual([table, tenant, 0]);
        for (const sql of [`delete from ${table} where tenant_id = $1`, `update ${table} set tenant_id = tenant_id where tenant_id = $1`]) {
          expect([sql, await affected(client, theirs, { sql, about: ours })]).toEqual([sql, 0]);
        }
      }
    });
    expect(filled, 'tables with rows to be kept apart').not.toEqual([]);
  });
});

interface Table {
  readonly client: Client;
  readonly definition: { readonly name: string };
  readonly table: string;
  readonly tenant: string;
}

/** How many rows of a tenant it does not see itself. Events still go their way, so that it may see more than were counted. */
async function unseen({ marketplace }: World, { client, definition, table, tenant }: Table): Promise<number> {
  const all = await marketplace.query(`select 1 from ${definition.name}.${table} where tenant_id = $1`, [tenant]);
  return all.length - (await affected(client, tenant, { sql: `select 1 from ${table} where tenant_id = $1`, about: tenant }));
}

/** How many rows a statement about a tenant reaches for whoever is in another, or the same. Nothing of it stays. */
async function affected(client: Client, inTenant: string, { sql, about }: { readonly sql: string; readonly about: string }): Promise<number> {
  await client.query('begin');
  try {
    await client.query(`select set_config('app.tenant_id', $1, true)`, [inTenant]);
    return (await client.query(sql, [about])).rowCount ?? 0;
  } finally {
    await client.query('rollback');
  }
}
