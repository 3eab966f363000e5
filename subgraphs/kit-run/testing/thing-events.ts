import { defineEvent } from '@haat/schema/event';
import { z } from 'zod';

/** Something changed in the subgraph `sayer`. */
export const thingChanged = defineEvent({
  producer: 'sayer', name: 'thing-changed', version: 1, aggregate: 'Thing', description: 'A thing has a new value.',
  payload: z.object({ value: z.int(), note: z.string().optional() }),
});

/** Something ended there. */
export const thingEnded = defineEvent({
  producer: 'sayer', name: 'thing-ended', version: 1, aggregate: 'Thing', description: 'A thing is over.', payload: z.object({ value: z.int() }),
});
