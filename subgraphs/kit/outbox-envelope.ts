import { eventBytesMax, type EventContract, type EventEnvelope } from '@haat/schema/event';
import type { Clock } from './clock.js';
import type { EmittedEvent } from './context.js';
import { newId } from './id.js';
import { invariant } from './invariant.js';
import type { ActingIn } from './store.js';

/**
 * The event as it travels: parsed by its contract.
 * @throws InvariantViolation when it does not fit its contract, or has more than 256 KB of JSON.
 */
export function envelopeOf<P>(acting: ActingIn, contract: EventContract<P>, event: EmittedEvent<P>, clock: Clock): EventEnvelope<P> {
  const { tenantId, actor, causationId, correlationId, traceparent } = acting;
  const parsed = contract.payload.safeParse(event.payload);
  invariant(parsed.success, `${contract.key} of ${event.aggregate.id} does not fit its contract: ${parsed.error?.message}`);
  const now = clock.now();
  const { id, version } = event.aggregate;
  const envelope: EventEnvelope<P> = {
    id: newId('evt', now), type: `${contract.producer}.${contract.name}`, version: contract.version, tenantId,
    aggregate: { type: contract.aggregate, id, version }, occurredAt: now.toISOString(),
    actor, causationId, correlationId, traceparent, ...(event.republished && { republished: true }), payload: parsed.data,
  };
  const bytes = Buffer.byteLength(JSON.stringify(envelope));
  invariant(bytes <= eventBytesMax, `${contract.key} of ${id} has ${bytes} bytes; ${eventBytesMax} may travel: split it into events of its parts.`);
  return envelope;
}
