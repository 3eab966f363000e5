import { randomInt } from 'node:crypto';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf } from '../../support/graph.js';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, type Sample, type WallCase } from '../case.js';
import type { World } from '../world.js';

const deliveries = '{ deliveries { nodes { id kind status recipient } } }';

/** Words that only one marketplace says. */
function someWords() {
  const mark = `Words ${randomInt(1e12).toString(36)}`;
  return { mark, input: { kind: 'VERIFY_EMAIL', locale: 'en', subject: mark, text: `${mark}: {{link}}` } };
}

/** A marketplace whose operator has saved words of their own. */
async function withWords(world: World) {
  const { operator } = await world.newTenant();
  const { mark, input } = someWords();
  await mutate(world.door, operator, 'saveTemplate', input, '... on Template { kind }');
  return { owner: operator, variables: {}, marks: [mark] };
}

/** A marketplace whose operator was sent an invitation. */
async function withDelivery(world: World) {
  const { operator } = await world.newTenant();
  const read = async () => dataOf(await world.door.ask<{ deliveries: { nodes: { id: string }[] } }>(operator, deliveries)).deliveries.nodes;
  const nodes = await eventually(async () => { const found = await read(); return found.length > 0 && found; });
  return { owner: operator, variables: {}, marks: nodes.map(({ id }) => id) };
}

/** How notifications keeps strangers out. */
export const cases: readonly WallCase[] = [
  {
    field: 'Query.templates',
    document: '{ templates(kind: VERIFY_EMAIL) { nodes { kind locale subject } } }',
    arrange: withWords,
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-'),
    exceptions: inOwnTenant('Operators read the words of their own marketplace.'),
  },
  {
    field: 'Query.deliveries',
    document: deliveries,
    arrange: withDelivery,
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-'),
    exceptions: inOwnTenant('Operators see what was sent in their own marketplace.'),
  },
  {
    field: 'Mutation.saveTemplate',
    document: mutation('saveTemplate', '... on Template { kind locale } ... on TemplateUnusable { faults { part message } }'),
    arrange: async (world) => {
      const { operator } = await world.newTenant();
      return { owner: operator, variables: { input: someWords().input }, marks: [] };
    },
    succeeded: is('Template'),
    exceptions: inOwnTenant('Operators save words for their own marketplace.'),
  },
];

/** Nobody refers to a template or a delivery by its key. */
export const samples: Readonly<Record<string, (world: World) => Promise<Sample>>> = {};
