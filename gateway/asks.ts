import type { AskContract } from '@haat/schema/ask';
import { platformTenantId } from '@haat/schema/ids';
import { newId } from '@haat/kit/id';
import { guest, type InternalContext, type TenantFacts } from '@haat/kit/identity';
import type { Clock } from '@haat/kit/clock';

/** Puts asks to subgraphs. The kit's `Asking` is one. */
export interface Asks {
  ask<I, O>(contract: AskContract<I, O>, input: I, context: InternalContext): Promise<O>;
}

/** How long the door waits for an answer that it needs before anything else, in milliseconds. */
const doorAskMs = 2_000;

/** Facts of the platform's own tenant, as far as an ask about other tenants or keys needs them. ISO 4217's "no currency". */
const platform: TenantFacts = { id: platformTenantId, slug: 'haat', currency: 'XXX', locales: ['en'], timeZone: 'UTC', features: [], limits: {} };

/** The context of what the door itself asks, before it knows who asks it. */
export function doorContext(clock: Clock, tenant: TenantFacts = platform): InternalContext {
  const now = clock.now();
  return { tenant, viewer: guest, locale: tenant.locales[0] ?? 'en', requestId: newId('req', now), deadlineAt: now.getTime() + doorAskMs };
}
