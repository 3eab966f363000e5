import { z } from 'zod';
import { defineEvent } from '../event.js';

/** A tenant's public state, as every event of it carries. */
export const tenantState = z.object({
  tenantId: z.string(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(['OPEN', 'SUSPENDED', 'CLOSED']),
  currency: z.string(),
  locales: z.array(z.string()),
  timeZone: z.string(),
  plan: z.string(),
  features: z.array(z.string()),
  limits: z.record(z.string(), z.number()),
  hosts: z.array(z.string()),
});

/** A marketplace was opened. The first operator's address is sealed for identity, who invites them. */
export const tenantOpened = defineEvent({
  producer: 'tenants',
  name: 'tenant-opened',
  version: 1,
  aggregate: 'tenant',
  description: 'A marketplace was opened.',
  payload: tenantState.extend({ sealedOwnerEmail: z.string().optional() }),
});

/** Anything public of a tenant changed: plan, features, domains, status, name. */
export const tenantChanged = defineEvent({
  producer: 'tenants',
  name: 'tenant-changed',
  version: 1,
  aggregate: 'tenant',
  description: 'Plan, features, domains, status or name of a marketplace changed.',
  payload: tenantState,
});

/** A meter of the plan came to 80 or 100 percent. Said once per crossing. */
export const limitReached = defineEvent({
  producer: 'tenants',
  name: 'limit-reached',
  version: 1,
  aggregate: 'usage-meter',
  description: 'A meter of the plan crossed 80 or 100 percent of its limit.',
  payload: z.object({ meter: z.string(), used: z.int(), limit: z.int(), percent: z.union([z.literal(80), z.literal(100)]) }),
});

/** A host name was proved to belong to the tenant. */
export const domainVerified = defineEvent({
  producer: 'tenants',
  name: 'domain-verified',
  version: 1,
  aggregate: 'domain',
  description: 'A host name was proved to belong to the tenant.',
  payload: z.object({ domainId: z.string(), host: z.string() }),
});
