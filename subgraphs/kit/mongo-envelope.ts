import { eventBytesMax, type EventContract, type EventEnvelope } from '@haat/schema/event';
import type { Clock } from './clock.js';
import type { EmittedEvent } from './context.js';
import { newId } from './id.js';
import { invariant } from './invariant.js';
import type { ActingIn } from './store.js';

/** The event as it will travel: parsed by its contract, no larger than it may be. */
export function envelopeOf<P>(acting: ActingIn, contract: EventContract<P>, event: EmittedEvent<P>, clock: Clock): EventEnvelope {
  const { tenantId, actor, causationId, correlationId, traceparent } = acting;
  const now = clock.now();
  const envelope: EventEnvelope = {
    id: newId('evt', now), type: `${contract.producer}.${contract.name}`, version: contract.version, tenantId,
    aggregate: { type: contract.aggregate, ...event.aggregate }, occurredAt: now.toISOString(),
    actor, causationId, correlationId, traceparent, republished: event.republished, payload: contract.payload.parse(event.payload),
  };
  const bytes = Buffer.byteLength(JSON.stringify(envelope));
  invariant(bytes <= eventBytesMax, `${contract.key} of ${event.aggregate.id} has ${bytes} bytes; ${eventBytesMax} may travel.`);
  return envelope;
}
