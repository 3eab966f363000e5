import { randomInt } from 'node:crypto';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf } from '../../support/graph.js';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, onOneself, open, type Sample, type WallCase } from '../case.js';
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

/** A marketplace whose operator was sent an invitation, which has arrived: until then its row changes by itself. */
async function withDelivery(world: World) {
  const { operator } = await world.newTenant();
  const read = async () => dataOf(await world.door.ask<{ deliveries: { nodes: { id: string; settledAt: string | null }[] } }>(operator, '{ deliveries { nodes { id settledAt } } }')).deliveries.nodes;
  const nodes = await eventually(async () => { const found = await read(); return found.length > 0 && found.every(({ settledAt }) => settledAt) && found; });
  return { owner: operator, variables: {}, marks: nodes.map(({ id }) => id) };
}

/** Somebody who was told in the application that their vendor may sell. */
async function withNotification(world: World) {
  const owner = await world.merchant();
  await mutate(world.door, await world.operator(), 'approveVendor', { vendorId: owner.vendorId });
  const read = async () => dataOf(await world.door.ask<{ viewer: { user: { notifications: { nodes: { id: string }[] } } } }>(owner, '{ viewer { user { notifications { nodes { id } } } } }')).viewer.user.notifications.nodes;
  const [told] = await eventually(async () => { const found = await read(); return found.length > 0 && found; });
  const id = told?.id ?? '';
  return { owner, id, marks: [id] };
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
  {
    field: 'Subscription.notificationArrived', document: 'subscription { notificationArrived { id title } }',
    arrange: async (world) => ({ owner: await world.shopper(), variables: {}, marks: [] }),
    succeeded: (value) => value['isListening'] === true,
    exceptions: open('Each listens to what they are told themselves.'),
  },
  {
    field: 'Query.notification',
    document: 'query($id: ID!) { notification(id: $id) { id title } }',
    arrange: async (world) => {
      const { owner, id, marks } = await withNotification(world);
      return { owner, variables: { id }, marks };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0],
  },
  {
    field: 'Mutation.markNotificationsRead',
    document: mutation('markNotificationsRead', '... on MarkNotificationsReadSucceeded { unreadCount }'),
    arrange: async (world) => {
      const { owner, id, marks } = await withNotification(world);
      return { owner, variables: { input: { notificationIds: [id] } }, marks };
    },
    succeeded: is('MarkNotificationsReadSucceeded'),
  },
  {
    field: 'Mutation.setNotificationPreference',
    document: mutation('setNotificationPreference', '... on NotificationPreference { kind email }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: { kind: 'ORDER_SHIPPED', email: false } }, marks: [] };
    },
    succeeded: is('NotificationPreference'),
    exceptions: onOneself('Everybody chooses how they are told things themselves.'),
  },
];

/** Nobody refers to a template or a delivery by its key; to people everybody does. */
export const samples: Readonly<Record<string, (world: World) => Promise<Sample>>> = {
  User: async (world) => {
    const owner = await world.shopper();
    return { tenant: 'acme', key: { id: owner.userId }, select: 'unreadCount', owner };
  },
};
