import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutAccessRules } from '@haat/kit/access';
import type { AnswerAsk } from '@haat/kit/ask';
import { makeLog } from '@haat/kit/log';
import { withClient } from '@haat/kit/postgres-client';
import { buildFederatedSchema } from '@haat/kit/schema';
import { startSubgraph, type RunningSubgraph } from '@haat/kit/start';
import { subgraphEnv } from '@haat/local/subgraph-env';
import { subgraphs } from '@haat/local/subgraphs';
import { casesOf } from './api.js';
import type { Arranged, WallCase } from './case.js';
import { askInside, factsOf, viewerOf } from './inside.js';
import { markedRows, tenantTables } from './marked-rows.js';
import { isSuccess, shown, taken } from './outcome.js';
import { elsewhere, idOf, startWorld, type World } from './world.js';

const cases = (await Promise.all(subgraphs.map(async ({ name }) => (await casesOf(name)).cases.map((each) => ({ ...each, subgraph: name, when: each.when ?? '' }))))).flat();

describe('with every access rule switched off', () => {
  let world: World;
  let bare: Map<string, RunningSubgraph>;
  beforeAll(async () => {
    world = await startWorld();
    bare = await startWithoutRules(world);
  });
  afterAll(async () => {
    for (const subgraph of bare?.values() ?? []) await subgraph.close();
    await world.close();
  });

  const ask = async (each: WallCase & { subgraph: string }, tenant: string, arranged: Arranged) => {
    const subgraph = bare.get(each.subgraph);
    if (!subgraph) throw new Error(`${each.subgraph} does not run.`);
    const facts = await factsOf(world.marketplace, tenant);
    return askInside(world.marketplace, subgraph, { tenant: facts, viewer: viewerOf(arranged.owner), document: each.document, variables: arranged.variables });
  };

  it('nobody is kept out by a rule any more', async () => {
    const tenant = await factsOf(world.marketplace, 'acme');
    const identity = bare.get('identity');
    if (!identity) throw new Error('identity does not run.');
    const document = '{ users(first: 1) { nodes { id email } } }';
    const answer = await askInside(world.marketplace, identity, { tenant, viewer: { kind: 'GUEST', roles: [], grants: [], vendors: [] }, document, variables: {} });
    expect(answer).toEqual({ data: { users: { nodes: [{ id: expect.any(String), email: expect.any(String) }] } } });
  });

  it.each(cases)('rows still stay in their tenant, even for the owner from elsewhere: $field $when [TEN-08, TEN-12]', async (each) => {
    const arranged = await each.arrange(world);
    const rows = () => markedRows(world.marketplace, each.subgraph, arranged.marks);
    const before = await rows();
    const answer = await ask(each, elsewhere, arranged);
    const isOwn = each.exceptions?.['the same role in another tenant'] !== undefined;
    expect(isOwn ? shown(answer, arranged) : taken(each, answer, arranged)).toEqual([]);
    expect(await rows()).toEqual(before);
    const own = await ask(each, arranged.owner.tenant, arranged);
    expect(isSuccess(each, own, arranged), `the owner got ${JSON.stringify(own)}`).toBe(true);
  });

  it.each(subgraphs.filter(({ store }) => store.kind === 'postgres'))('the database itself gives $name the rows of one tenant at a time, in every table [TEN-08, TEN-12]', async (definition) => {
    const { servers, secrets, env, query } = world.marketplace;
    const [acme, other] = [await idOf(world, 'acme'), await idOf(world, elsewhere)];
    const { DATABASE_URL = '' } = await subgraphEnv(definition, { servers, secrets, env, database: servers.database });
    const filled: string[] = [];
    await withClient(DATABASE_URL, async (client) => {
      for (const table of await tenantTables(world.marketplace, definition.name)) {
        const count = async (tenant: string, what: string) => {
          await client.query('begin');
          await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant]);
          const { rowCount } = await client.query(what, [acme]).finally(() => client.query('rollback'));
          return rowCount;
        };
        const select = `select 1 from ${table} where tenant_id = $1`;
        // Events still go their way, so that both may grow in between.
        const missing = async () => (await query(`select 1 from ${definition.name}.${table} where tenant_id = $1`, [acme])).length - ((await count(acme, select)) ?? 0);
        await expect.poll(missing, { message: `rows of ${table} that their own tenant does not see`, timeout: 5_000 }).toBe(0);
        if (((await count(acme, select)) ?? 0) > 0) filled.push(table);
        for (const tenant of [other, '', '%']) expect([table, tenant, await count(tenant, select)]).toEqual([table, tenant, 0]);
        expect([table, await count(other, `delete from ${table} where tenant_id = $1`)]).toEqual([table, 0]);
        expect([table, await count(other, `update ${table} set tenant_id = tenant_id where tenant_id = $1`)]).toEqual([table, 0]);
      }
    });
    expect(filled).not.toEqual([]);
  });
});

/** Each subgraph a second time on the same rows, with a schema that lets everybody through. No broker: what they say stays in the outbox. */
async function startWithoutRules({ marketplace }: World): Promise<Map<string, RunningSubgraph>> {
  const { servers, secrets, env } = marketplace;
  const localAnswers = new Map<string, AnswerAsk>();
  const started = await Promise.all(subgraphs.map(async (definition) => {
    const own = { ...(await subgraphEnv(definition, { servers, secrets, env, database: servers.database })), NATS_URL: undefined };
    const schema = withoutAccessRules(() => buildFederatedSchema(definition));
    const running = await startSubgraph(definition, { env: own, localAnswers, schema, log: makeLog(definition.name, 'silent') });
    localAnswers.set(definition.name, running.answer);
    return [definition.name, running] as const;
  }));
  return new Map(started);
}
