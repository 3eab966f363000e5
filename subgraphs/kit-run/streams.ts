import { eventBytesMax, streamOf, subjectsOf, type EventContract } from '@haat/schema/event';
import { AckPolicy, DeliverPolicy, DiscardPolicy, nanos, ReplayPolicy, RetentionPolicy, StorageType, type ConsumerConfig, type StreamConfig } from 'nats';

/** How long an outbox and its stream keep an event, in days. */
export const eventRetentionDays = 14;

const dayMs = 24 * 60 * 60 * 1_000;
/** The same in milliseconds. */
export const eventRetentionMs = eventRetentionDays * dayMs;

/** What a stream holds at most, in bytes. A full one refuses more, and the events wait in their outbox: nothing is dropped unseen. */
export const streamBytesMax = 1024 ** 3;

/** Within this time the broker itself recognises a message it has. Beyond it the inbox does. */
const duplicateWindowMs = 120_000;

/** Room for a message's headers. */
const headerBytesMax = 4_096;

/** How long the broker waits for an acknowledgement or a sign of work, in milliseconds. */
export const ackWaitMs = 30_000;

/** Events of one producer that one subgraph has received and not acknowledged, at most. */
export const inFlightMax = 500;

/** The stream of one producer. Nobody deletes a message or purges, so that a hole in it can only be damage. */
export function streamConfigOf(producer: string, bytesMax: number = streamBytesMax): Partial<StreamConfig> & { readonly name: string } {
  return {
    name: streamOf(producer), subjects: [`events.${producer}.>`],
    storage: StorageType.File, retention: RetentionPolicy.Limits, discard: DiscardPolicy.New,
    max_age: nanos(eventRetentionMs), max_bytes: bytesMax, max_msg_size: eventBytesMax + headerBytesMax,
    duplicate_window: nanos(duplicateWindowMs), deny_delete: true, deny_purge: true, allow_direct: true,
  };
}

/** The place of one subgraph in one producer's stream, from a sequence on. */
export function consumerConfigOf(subgraph: string, contracts: readonly EventContract[], place: { readonly from: number; readonly metadata: Record<string, string> }): Partial<ConsumerConfig> {
  const start = place.from > 1 ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: place.from } : { deliver_policy: DeliverPolicy.All };
  return {
    durable_name: subgraph, name: subgraph, ...start, filter_subjects: [...new Set(contracts.map(subjectsOf))].sort(),
    ack_policy: AckPolicy.Explicit, ack_wait: nanos(ackWaitMs), max_deliver: -1, max_ack_pending: inFlightMax,
    replay_policy: ReplayPolicy.Instant, metadata: place.metadata,
  };
}
