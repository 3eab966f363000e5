import { z } from 'zod';
import { defineEvent } from '../event.js';

/** A whole index was built anew and is what queries read from now on. */
export const indexRebuilt = defineEvent({
  producer: 'search', name: 'index-rebuilt', version: 1, aggregate: 'index',
  description: 'The search index of a tenant was built anew and is what queries read from now on.',
  payload: z.object({ documents: z.int().min(0), tookMs: z.int().min(0) }),
});
