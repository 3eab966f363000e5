import { defineAsk } from '@haat/schema/ask';
import { defineEvent } from '@haat/schema/event';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineConsumer } from './define.js';
import { natsPermissionsOf } from './nats-permissions.js';

test('a subgraph may use the subjects that its definition names, and no other', () => {
  const heard = defineEvent({ producer: 'catalog', name: 'offer-changed', version: 2, aggregate: 'Offer', description: 'An offer changed.', payload: z.object({}) });
  const said = { ...heard, producer: 'search', key: 'search.indexed.v1' };
  const ask = defineAsk({ subgraph: 'vendors', name: 'vendor.describe', version: 1, description: 'Who it is.', input: z.object({}), output: z.object({}), deadlineMs: 100, changes: false });
  const definition = { name: 'search', says: [said], asks: [ask], answers: [{ contract: ask, answer: async () => ({}) }], consumers: [defineConsumer('on-offer-changed', heard, async () => undefined)] };
  expect(natsPermissionsOf(definition)).toEqual({
    publish: [
      'events.search.>', '$JS.API.STREAM.INFO.EVENTS_search', '$JS.API.STREAM.CREATE.EVENTS_search', '$JS.API.STREAM.UPDATE.EVENTS_search',
      '$JS.API.STREAM.INFO.EVENTS_catalog', '$JS.API.CONSUMER.DURABLE.CREATE.EVENTS_catalog.search', '$JS.API.CONSUMER.INFO.EVENTS_catalog.search',
      '$JS.API.CONSUMER.DELETE.EVENTS_catalog.search', '$JS.API.CONSUMER.MSG.NEXT.EVENTS_catalog.search', '$JS.ACK.EVENTS_catalog.search.>',
      'asks.vendors.vendor.describe.v1', 'wake.search',
    ],
    subscribe: ['asks.search.>', '_INBOX_search.>', 'wake.search'],
  });
  expect(natsPermissionsOf({ name: 'quiet' })).toEqual({ publish: ['wake.quiet'], subscribe: ['_INBOX_quiet.>', 'wake.quiet'] });
});
