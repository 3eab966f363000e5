import { envelopeSchema, type EventContract, type EventEnvelope } from '@haat/schema/event';
import type { Consumer } from '@haat/kit/define';

/** An event as a stream or a letter has it. */
export interface Received {
  readonly subject: string;
  readonly body: string;
}

/**
 * What a message is worth. `envelope` of a bad one is there only where the broker's walls vouch that it is its producer's
 * and its tenant's own: then its aggregate waits. Anything else could be used to hold up somebody else's aggregate.
 */
export type Reading =
  | { readonly isGood: true; readonly envelope: EventEnvelope }
  | { readonly isGood: false; readonly reason: string; readonly envelope?: EventEnvelope };

/** What a message says to each consumer that hears its contract. */
export interface Heard {
  readonly received: Received;
  readonly readings: readonly { readonly consumer: Consumer; readonly reading: Reading }[];
  /** Events in one lane keep their order: those of one aggregate. Undefined for what is in nobody's way. */
  readonly lane?: string;
}

const subjectPattern = /^events\.([a-z]+\.[a-z][a-z-]*)\.v(\d{1,9})\.([^.]+)$/;

/** Reads a message for all who hear it. */
export function heardIn(received: Received, consumers: readonly Consumer[]): Heard {
  const [, type, version] = subjectPattern.exec(received.subject) ?? [];
  const hearing = consumers.filter(({ contract }) => contract.key === `${type}.v${version}`);
  const readings = hearing.map((consumer) => ({ consumer, reading: readEvent(received, consumer.contract) }));
  const envelope = readings[0]?.reading.envelope;
  return { received, readings, ...(envelope && { lane: `${envelope.tenantId}/${envelope.aggregate.id}` }) };
}

/** Reads a message by the envelope's schema, checks it against its subject, then reads its payload by the contract. */
export function readEvent({ subject, body }: Received, contract: EventContract): Reading {
  const told = toldBy(body);
  if (!told.isGood) return told;
  const { envelope } = told;
  const forged = forgeryIn(subject, envelope, contract);
  if (forged) return { isGood: false, reason: forged };
  if (envelope.version !== contract.version) return { isGood: false, reason: `Version ${envelope.version} of ${envelope.type} is not known here; ${contract.version} is.`, envelope };
  const payload = contract.payload.safeParse(envelope.payload);
  if (!payload.success) return { isGood: false, reason: `The payload does not fit ${contract.key}: ${payload.error.message}`, envelope };
  return { isGood: true, envelope: { ...envelope, payload: payload.data } };
}

function toldBy(body: string): Reading {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    return { isGood: false, reason: `Not JSON: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
  const parsed = envelopeSchema.safeParse(json);
  if (parsed.success) return { isGood: true, envelope: parsed.data as EventEnvelope };
  const hasTenant = typeof json === 'object' && json !== null && 'tenantId' in json && typeof json.tenantId === 'string' && json.tenantId !== '';
  return { isGood: false, reason: hasTenant ? `Not an event: ${parsed.error.message}` : 'It names no tenant.' };
}

/** The subject cannot be forged, since the broker lets each producer use its own only. What contradicts it is. */
function forgeryIn(subject: string, envelope: EventEnvelope, contract: EventContract): string | undefined {
  const [, type, , tenantId] = subjectPattern.exec(subject) ?? [];
  if (envelope.tenantId !== tenantId) return `It says tenant ${envelope.tenantId} on a subject of ${tenantId}.`;
  if (envelope.type !== type || type !== `${contract.producer}.${contract.name}`) return `It says ${envelope.type} on a subject of ${type}.`;
  if (envelope.aggregate.type !== contract.aggregate) return `It says aggregate ${envelope.aggregate.type} where ${contract.key} is of ${contract.aggregate}.`;
  return undefined;
}
