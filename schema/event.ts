import { z } from 'zod';
import { idPattern } from './ids.js';

/** The largest event as it travels, in bytes of JSON. A larger noun is split into events of its parts. */
export const eventBytesMax = 256 * 1024;

/** What happened, by whom, to which aggregate: the part of an event that is the same for all. */
export const envelopeSchema = z.strictObject({
  /** `evt_` and a UUIDv7; the message id at the broker and the key of every inbox. */
  id: z.string().regex(idPattern),
  /** `<producer>.<event>`, such as `tenants.tenant-opened`. */
  type: z.string().regex(/^[a-z]+\.[a-z][a-z-]*$/),
  version: z.int().min(1),
  /** The tenant it happened in. An event without one goes to the dead letters. */
  tenantId: z.string().regex(idPattern),
  /** `version` is the aggregate's own after the change: it grows by at least one with each change. */
  aggregate: z.strictObject({ type: z.string(), id: z.string().min(1).max(200), version: z.int().min(0) }),
  /** RFC 3339, UTC. */
  occurredAt: z.iso.datetime(),
  /** Who acted: `usr_…`, `tok_…`, `guest` or `system:<subgraph>`. */
  actor: z.string().max(200),
  /** The id of the event or request that caused this one. */
  causationId: z.string().max(200).optional(),
  /** The id of the request that began it all. */
  correlationId: z.string().max(200).optional(),
  /** W3C Trace Context. */
  traceparent: z.string().max(100).optional(),
  /** True when a producer says its present state again for rebuilding; nothing new happened. */
  republished: z.boolean().optional(),
  payload: z.unknown(),
});

/** An event as it travels. `P` is what its contract says. */
export type EventEnvelope<P = unknown> = Omit<z.infer<typeof envelopeSchema>, 'payload'> & { readonly payload: P };

/** The contract of one version of one event: who says it, of what, with which facts. */
export interface EventContract<P = unknown> {
  readonly producer: string;
  readonly name: string;
  readonly version: number;
  readonly aggregate: string;
  readonly description: string;
  readonly payload: z.ZodType<P>;
  /** `<producer>.<name>.v<version>`: the contract's name everywhere. */
  readonly key: string;
}

/**
 * Declares an event: past tense, kebab-case, an object of plain data.
 * Adding an optional field is a change; anything else is a new version beside the old.
 */
export function defineEvent<P>(contract: Omit<EventContract<P>, 'key'>): EventContract<P> {
  return { ...contract, key: `${contract.producer}.${contract.name}.v${contract.version}` };
}

/** The subject one event travels on. The last token is the tenant's id, since a slug may change. */
export function subjectOf(contract: EventContract, tenantId: string): string {
  return `events.${contract.key}.${tenantId}`;
}

/** The subject that matches a contract's events of every tenant. */
export function subjectsOf(contract: EventContract): string {
  return `events.${contract.key}.*`;
}

/** The stream that holds all events of one producer. */
export function streamOf(producer: string): string {
  return `EVENTS_${producer}`;
}
