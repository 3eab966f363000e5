import { streamOf } from '@haat/schema/event';
import type { JetStreamClient } from 'nats';
import { boundary } from '@haat/kit/boundary';
import type { OutboxEvent } from '@haat/kit/store';

/** How long the broker may take to acknowledge one event, in milliseconds. */
const ackLimitMs = 5_000;

/** Events that the broker acknowledged, and where it put them. */
export interface Acknowledged {
  readonly tenantId: string;
  readonly id: string;
  readonly streamSequence: number;
}

/** What became of a batch. Behind a failed event, those of the same aggregate were not tried. */
export interface Published {
  readonly acknowledged: readonly Acknowledged[];
  readonly failed: readonly { readonly event: OutboxEvent; readonly reason: string }[];
}

/** Publishes a batch: each aggregate's events one after the other, the aggregates side by side. */
export async function publishBatch(js: JetStreamClient, subgraph: string, batch: readonly OutboxEvent[], until: AbortSignal): Promise<Published> {
  const acknowledged: Acknowledged[] = [];
  const failed: { event: OutboxEvent; reason: string }[] = [];
  await Promise.all([...byAggregate(batch).values()].map(async (events) => {
    for (const event of events) {
      if (until.aborted) return;
      try {
        const streamSequence = await publish(js, subgraph, event, until);
        acknowledged.push({ tenantId: event.envelope.tenantId, id: event.envelope.id, streamSequence });
      } catch (error) {
        failed.push({ event, reason: error instanceof Error ? error.message : String(error) });
        return;
      }
    }
  }));
  return { acknowledged, failed };
}

async function publish(js: JetStreamClient, subgraph: string, { envelope, subject }: OutboxEvent, until: AbortSignal): Promise<number> {
  await boundary(`${subgraph}/publish:before`);
  const sent = js.publish(subject, JSON.stringify(envelope), { msgID: envelope.id, timeout: ackLimitMs, expect: { streamName: streamOf(subgraph) } });
  const { seq } = await orUntil(sent, until);
  await boundary(`${subgraph}/publish:after`);
  return seq;
}

/** Gives up waiting at the signal; an acknowledgement that comes later counts for nothing, and the event is published again. */
function orUntil<T>(sent: Promise<T>, until: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('Stopped before the broker acknowledged it.'));
    until.addEventListener('abort', stop, { once: true });
    sent.then(resolve, reject).finally(() => until.removeEventListener('abort', stop));
  });
}

function byAggregate(batch: readonly OutboxEvent[]): Map<string, OutboxEvent[]> {
  const grouped = new Map<string, OutboxEvent[]>();
  for (const event of batch) {
    const key = `${event.envelope.tenantId}/${event.envelope.aggregate.id}`;
    const events = grouped.get(key);
    if (events) events.push(event);
    else grouped.set(key, [event]);
  }
  return grouped;
}
