import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemViewer, type Viewer } from '@haat/kit/identity';
import { newId } from '@haat/kit/id';
import { casesOf, entities } from './api.js';
import type { Sample } from './case.js';
import { askInside, factsOf, viewerOf } from './inside.js';
import { elsewhere, startWorld, type World } from './world.js';

const operator: Viewer = { kind: 'USER', userId: newId('usr'), roles: ['OPERATOR'], grants: ['*'], vendors: [] };
const resolve = (type: string, select: string) => `query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type} { ${select} } } }`;

describe('each entity', () => {
  let world: World;
  beforeAll(async () => { world = await startWorld(); });
  afterAll(() => world.close());

  it.each(entities())('is found by its key in its own tenant, and in no other: $subgraph $type [TEN-13, TEN-08, TEN-07]', async ({ subgraph, type }) => {
    const arrange = (await casesOf(subgraph)).samples[type];
    const samples = [await arrange?.(world), await arrange?.(world)].filter((sample) => sample !== undefined);
    const [sample] = samples;
    if (!sample) throw new Error(`${type} has no sample.`);
    const found = (tenant: string, viewer: Viewer, keys: readonly Sample['key'][]) => entitiesIn(world, { subgraph, type, tenant, viewer, keys, select: sample.select ?? '__typename' });

    if (sample.owner) return await isItsOwnersAlone(samples, found);
    for (const viewer of [operator, systemViewer]) {
      const keys = [...samples.map(({ key }) => key), { id: `${String(sample.key['id']).slice(0, -4)}0000` }];
      const own = await found(sample.tenant, viewer, keys);
      expect(own.slice(0, -1)).toEqual(samples.map(() => expect.objectContaining({ __typename: type })));
      expect([...own.slice(-1), ...(await found(elsewhere, viewer, keys))].filter((entity) => !tellsNothing(entity))).toEqual([]);
    }
  });

  it('answers nothing to somebody whose context the gateway did not sign for this subgraph [AUTH-14, SEC-03]', async () => {
    const [{ subgraph, type }] = entities() as [ReturnType<typeof entities>[number]];
    const other = [...world.marketplace.subgraphs.values()].find(({ name }) => name !== subgraph);
    const asked = { query: resolve(type, '__typename'), variables: { r: [] } };
    const tenant = await factsOf(world.marketplace, 'acme');
    const running = world.marketplace.subgraphs.get(subgraph);
    if (!other || !running) throw new Error('Two subgraphs must run.');
    const forOther = await askInside(world.marketplace, { ...running, name: other.name }, { tenant, viewer: systemViewer, document: asked.query, variables: asked.variables });
    const unsigned = await running.execute({ ...asked, contextToken: '' });
    for (const answer of [forOther, unsigned]) expect(answer).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })] });
  });
});

/** Where nobody but the owner finds it, operators neither. */
async function isItsOwnersAlone(samples: readonly Sample[], found: (tenant: string, viewer: Viewer, keys: readonly Sample['key'][]) => Promise<readonly unknown[]>): Promise<void> {
  const keys = samples.map(({ key }) => key);
  for (const [at, { owner, tenant }] of samples.entries()) {
    if (!owner) throw new Error('Some samples of an entity have an owner, and others none.');
    const own = await found(tenant, viewerOf(owner), keys);
    expect(own.map((entity, one) => (one === at ? entity !== null : tellsNothing(entity)))).toEqual(keys.map(() => true));
    expect((await found(elsewhere, viewerOf(owner), keys)).filter((entity) => !tellsNothing(entity))).toEqual([]);
    expect((await found(tenant, operator, keys)).filter((entity) => !tellsNothing(entity))).toEqual([]);
  }
}

/** Whether there is nothing in it. An entity of another subgraph that this one adds fields to is found by any key, and must be empty then. */
function tellsNothing(entity: unknown): boolean {
  if (entity === null) return true;
  const { __typename, ...fields } = entity as Record<string, unknown>;
  return Object.keys(fields).length > 0 && Object.values(fields).every(isEmpty);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === 0 || (typeof value === 'object' && Object.values(value).every(isEmpty));
}

interface Wanted {
  readonly subgraph: string;
  readonly type: string;
  readonly tenant: string;
  readonly viewer: Viewer;
  readonly keys: readonly Sample['key'][];
  readonly select: string;
}

async function entitiesIn({ marketplace }: World, { subgraph, type, tenant, viewer, keys, select }: Wanted): Promise<readonly unknown[]> {
  const running = marketplace.subgraphs.get(subgraph);
  if (!running) throw new Error(`${subgraph} does not run.`);
  const variables = { r: keys.map((key) => ({ __typename: type, ...key })) };
  const answer = await askInside(marketplace, running, { tenant: await factsOf(marketplace, tenant), viewer, document: resolve(type, select), variables });
  expect(answer.errors).toBeUndefined();
  return answer.data?.['_entities'] as readonly unknown[];
}
