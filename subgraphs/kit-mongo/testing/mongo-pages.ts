import { defineEvent, type EventEnvelope } from '@haat/schema/event';
import { z } from 'zod';
import { newId } from '@haat/kit/id';
import { defineCollection } from '../define-collection.js';

/** A noun for the tests: a page has a title, maybe a slug, and a number that grows. */
export const pages = defineCollection({
  name: 'pages',
  schema: z.object({ title: z.string().max(100), slug: z.string().optional(), hits: z.int().default(0), dueAt: z.date().optional(), meta: z.record(z.string(), z.unknown()).optional() }),
  indexes: [{ name: 'bySlug', keys: { slug: 1 }, unique: true, whenSet: 'slug' }, { name: 'byTitle', keys: { title: 1 } }],
  due: ['dueAt'],
});

/** What happens to it. */
export const pageChanged = defineEvent({
  producer: 'testing', name: 'page-changed', version: 1, aggregate: 'page', description: 'A page was made or changed.',
  payload: z.object({ title: z.string() }),
});

/** An event of another aggregate, for consumers. */
export function envelopeFrom(tenantId: string, aggregateId: string, version: number): EventEnvelope {
  return {
    id: newId('evt'), type: 'others.thing-changed', version: 1, tenantId, aggregate: { type: 'thing', id: aggregateId, version },
    occurredAt: '2026-01-01T00:00:00.000Z', actor: 'system:others', payload: {},
  };
}
