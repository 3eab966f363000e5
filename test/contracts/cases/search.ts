import { eventually } from '@haat/kit/testing/eventually';
import { dataOf } from '../../support/graph.js';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';
import { made, published, shownInTheShop, someWord, type Goods } from './catalog/goods.js';

const boost = '... on Boost { id query targetValue }';
const synonyms = '... on SynonymGroup { id words }';
const listsOwn = { 'the same role in another tenant': { kind: 'own', why: 'Everybody looks in the shop they are in.' } } as const;
const showsMark: WallCase['succeeded'] = (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-');

/** A published product that can be found, and a word that only it has. */
async function findable(world: World): Promise<Goods & { readonly word: string }> {
  const goods = await published(world);
  const { product } = dataOf(await world.door.ask<{ product: { title: string } }>({ tenant: 'acme' }, 'query($id: ID) { product(id: $id) { title } }', { id: goods.productId }));
  const word = product.title.split('-').at(-1) ?? '';
  await eventually(async () => dataOf(await world.door.ask<{ search: { totalCount: number } }>({ tenant: 'acme' }, 'query($query: String) { search(query: $query) { totalCount } }', { query: word })).search.totalCount > 0);
  return { ...goods, word };
}

const boostInput = () => ({ query: someWord('looked'), action: 'BOOST', targetKind: 'TAG', targetValue: someWord('tag'), factor: 2 });
const synonymsInput = () => ({ locale: 'en', words: [someWord('one'), someWord('other')] });

/** A boost of acme's operator. */
async function someBoost(world: World) {
  const owner = await world.operator();
  const input = boostInput();
  const { id } = await mutate(world.door, owner, 'saveBoost', input, boost);
  return { owner, id: String(id), input };
}

/** A group of synonyms of acme's operator. */
async function someSynonyms(world: World) {
  const owner = await world.operator();
  const { id } = await mutate(world.door, owner, 'saveSynonyms', synonymsInput(), synonyms);
  return { owner, id: String(id) };
}

/** How search keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  {
    field: 'Query.search',
    document: 'query($query: String) { search(query: $query) { totalCount nodes { productId product { title } } facets { key values { value } } } }',
    arrange: async (world) => {
      const { owner, productId, word } = await findable(world);
      return { owner, variables: { query: word }, marks: [productId] };
    },
    succeeded: showsMark,
    exceptions: { ...shownInTheShop, ...listsOwn },
  },
  {
    field: 'Query.suggest',
    document: 'query($prefix: String!) { suggest(prefix: $prefix) { kind text product { id } } }',
    arrange: async (world) => {
      const { owner, productId, word } = await findable(world);
      return { owner, variables: { prefix: word }, marks: [productId] };
    },
    succeeded: showsMark,
    exceptions: { ...shownInTheShop, ...listsOwn },
  },
  {
    field: 'Query.boosts',
    document: '{ boosts(last: 100) { nodes { id query targetValue } } }',
    arrange: async (world) => {
      const { owner, id } = await someBoost(world);
      return { owner, variables: {}, marks: [id] };
    },
    succeeded: showsMark,
    exceptions: inOwnTenant('An operator reads the boosts of their own.'),
  },
  {
    field: 'Query.synonymGroups',
    document: '{ synonymGroups(last: 100) { nodes { id words } } }',
    arrange: async (world) => {
      const { owner, id } = await someSynonyms(world);
      return { owner, variables: {}, marks: [id] };
    },
    succeeded: showsMark,
    exceptions: inOwnTenant('An operator reads the synonyms of their own.'),
  },
  {
    field: 'Query.searchIndex',
    document: '{ searchIndex { generation documents building { expected } } }',
    arrange: async (world) => ({ owner: await world.operator(), variables: {}, marks: [] }),
    succeeded: (value) => typeof value['generation'] === 'number',
    exceptions: inOwnTenant('An operator sees how the index of their own stands.'),
  },
  {
    field: 'Mutation.saveBoost', when: 'of a new one',
    document: mutation('saveBoost', boost),
    arrange: async (world) => {
      const input = boostInput();
      return { owner: await world.operator(), variables: { input }, marks: [] };
    },
    succeeded: is('Boost'),
    exceptions: inOwnTenant('An operator makes boosts of their own.'),
  },
  {
    field: 'Mutation.saveBoost', when: 'in place of another',
    document: mutation('saveBoost', boost),
    arrange: async (world) => {
      const { owner, id, input } = await someBoost(world);
      return { owner, variables: { input: { ...input, boostId: id, factor: 3 } }, marks: [id] };
    },
    succeeded: is('Boost'),
  },
  {
    field: 'Mutation.removeBoost',
    document: mutation('removeBoost', '... on RemoveBoostSucceeded { boostId }'),
    arrange: async (world) => {
      const { owner, id } = await someBoost(world);
      return { owner, variables: { input: { boostId: id } }, marks: [id] };
    },
    succeeded: is('RemoveBoostSucceeded'),
  },
  {
    field: 'Mutation.saveSynonyms', when: 'of a new group',
    document: mutation('saveSynonyms', synonyms),
    arrange: async (world) => ({ owner: await world.operator(), variables: { input: synonymsInput() }, marks: [] }),
    succeeded: is('SynonymGroup'),
    exceptions: inOwnTenant('An operator keeps synonyms of their own.'),
  },
  {
    field: 'Mutation.saveSynonyms', when: 'in place of another',
    document: mutation('saveSynonyms', synonyms),
    arrange: async (world) => {
      const { owner, id } = await someSynonyms(world);
      return { owner, variables: { input: { ...synonymsInput(), synonymGroupId: id } }, marks: [id] };
    },
    succeeded: is('SynonymGroup'),
  },
  {
    field: 'Mutation.removeSynonyms',
    document: mutation('removeSynonyms', '... on RemoveSynonymsSucceeded { synonymGroupId }'),
    arrange: async (world) => {
      const { owner, id } = await someSynonyms(world);
      return { owner, variables: { input: { synonymGroupId: id } }, marks: [id] };
    },
    succeeded: is('RemoveSynonymsSucceeded'),
  },
  {
    field: 'Mutation.rebuildSearchIndex',
    document: 'mutation { rebuildSearchIndex { __typename ... on SearchIndex { generation } } }',
    arrange: async (world) => {
      const { id, operator } = await world.newTenant();
      return { owner: operator, variables: {}, marks: [id] };
    },
    succeeded: (value) => ['SearchIndex', 'RebuildUnderWay'].includes(String(value['__typename'])),
    exceptions: inOwnTenant('An operator builds the index of their own anew.'),
  },
];

const inAcme = (id: string, select: string): Sample => ({ tenant: 'acme', key: { id }, select });

/** Waits until search knows of it. */
async function listed(world: World, noun: 'category' | 'collection', id: string): Promise<Sample> {
  const read = `query($id: ID) { ${noun}(id: $id) { products { nodes { id } } } }`;
  await eventually(async () => dataOf(await world.door.ask<Record<string, { products: object | null } | null>>({ tenant: 'acme' }, read, { id }))[noun]?.products);
  return inAcme(id, 'products { nodes { id } }');
}

/** Entities that others may ask search for. */
export const samples: SubgraphCases['samples'] = {
  Product: async (world) => inAcme((await findable(world)).productId, 'inStock'),
  Category: async (world) => listed(world, 'category', (await made(world, 'Category')).id),
  Collection: async (world) => listed(world, 'collection', (await made(world, 'Collection')).id),
};
