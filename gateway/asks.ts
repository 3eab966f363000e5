import type { AskContract } from '@haat/schema/ask';
import { platformTenantId } from '@haat/schema/ids';
import { newId } from '@haat/kit/id';
import { guest, type InternalContext, type TenantFacts } from '@haat/kit/identity';
import type { Clock } from '@haat/kit/clock';
import type { Log } from '@haat/kit/log';
import { deadlineExceeded, Refusal, unavailable } from '@haat/kit/refusal';
import { aPart } from './subgraph-breakers.js';

/** Puts asks to subgraphs. The kit's `Asking` is one. */
export interface Asks {
  ask<I, O>(contract: AskContract<I, O>, input: I, context: InternalContext): Promise<O>;
}

/**
 * Asks of the door itself: a client learns that a part is slow or down, and neither which one nor, when that part does
 * not take our signature, that somebody should sign in.
 */
export function doorAsks(asks: Asks, log: Log): Asks {
  return {
    async ask(contract, input, context) {
      try {
        return await asks.ask(contract, input, context);
      } catch (error) {
        log.warn({ err: error, ask: contract.key }, 'What the door must know could not be asked.');
        const code = error instanceof Refusal ? error.code : 'INTERNAL';
        if (code === 'DEADLINE_EXCEEDED') throw deadlineExceeded(aPart);
        if (code === 'SUBGRAPH_UNAVAILABLE') throw unavailable(aPart);
        throw new Error(`The ask ${contract.key} was refused with ${code}.`, { cause: error });
      }
    },
  };
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
