import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutAccessRules } from '@haat/kit/access';
import type { AnswerAsk } from '@haat/kit/ask';
import { makeLog } from '@haat/kit/log';
import { buildFederatedSchema } from '@haat/kit/schema';
import { startSubgraph, type RunningSubgraph } from '@haat/kit-run/start';
import { subgraphEnv } from '@haat/local/subgraph-env';
import { subgraphs } from '@haat/local/subgraphs';
import { allCases } from './api.js';
import type { Arranged, WallCase } from './case.js';
import { askInside, factsOf, viewerOf } from './inside.js';
import { markedRows } from './marked-rows.js';
import { isSuccess, shown, taken } from './outcome.js';
import { elsewhere, startWorld, type World } from './world.js';

// What a live field shows is read by the query that answers it, which has a case of its own.
const cases = (await allCases()).filter(({ field }) => !field.startsWith('Subscription.'));

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

  it.concurrent.each(cases.filter(({ throughTheDoorOnly }) => throughTheDoorOnly === undefined))('rows still stay in their tenant, even for the owner from elsewhere: $field $when [TEN-08, TEN-12, SEC-12]', async (each) => {
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
