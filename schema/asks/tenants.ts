import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { tenantFactsSchema } from '../viewer.js';

/** Which tenant a request is for, by host name, slug or id. Null when there is none; one that is closed says so by its status, and the gateway lets nobody in. */
export const tenantResolve = defineAsk({
  subgraph: 'tenants',
  name: 'tenant.resolve',
  version: 1,
  description: 'The tenant behind a host name, a slug or an id, with its features and limits.',
  input: z.strictObject({ host: z.string().max(253).optional(), slug: z.string().max(63).optional(), id: z.string().max(64).optional() }),
  output: z.object({
    tenant: tenantFactsSchema.extend({ name: z.string(), status: z.enum(['OPEN', 'SUSPENDED', 'CLOSED']) }).nullable(),
  }),
  deadlineMs: 2_000,
  changes: false,
});
