import type { EventEnvelope } from '@haat/schema/event';
import type { CollectionDefinition } from './define-collection.js';
import type { MongoCore, Said } from './mongo-core.js';
import type { EmbeddedEvent, RawCollection, RawDocument } from './mongo-raw.js';
import type { OutboxEvent, OutboxStore } from '@haat/kit/store';

/** Events counted for a backlog at most. */
export const backlogMax = 100_000;

/** An event that left its document. */
export interface OutboxRow {
  /** The event's id, so that moving it twice makes one row. */
  readonly _id: string;
  readonly tenantId: string;
  readonly order: string;
  /** Its `order`, while the broker does not have it. */
  readonly waiting?: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly recordedAt: Date;
  readonly publishedAt?: Date;
  readonly streamSequence?: number;
}

/** Events in the shape in which a document carries them. `at` is later for each change of one document. */
export function embedded(said: readonly Said[], at: Date): EmbeddedEvent[] {
  return said.map(({ envelope, subject }, n) => ({ id: envelope.id, order: `${at.toISOString()}#${String(n).padStart(4, '0')}`, subject, body: JSON.stringify(envelope) }));
}

/** The row of an event. */
export function outboxRow(event: EmbeddedEvent, tenantId: string, recordedAt: Date): OutboxRow {
  const { id, order, subject, body } = event;
  return { _id: id, tenantId, order, waiting: order, subject, body, attempts: 0, recordedAt };
}

/**
 * The events of a subgraph: first inside the document whose change they tell, then, moved by id, in the collection
 * `outbox`. A crash between the two steps moves them again, which changes nothing.
 */
export class MongoOutbox implements OutboxStore {
  private readonly listeners: (() => void)[] = [];
  /** Collections in which commits of this process left events that may not have moved yet. */
  private readonly left = new Set<string>();

  constructor(private readonly core: MongoCore) {}

  async pending(limit: number, where: 'here' | 'everywhere' = 'everywhere'): Promise<readonly OutboxEvent[]> {
    for (const definition of this.core.store.collections) if (where === 'everywhere' || this.left.has(definition.name)) await this.moveAll(definition, limit);
    const rows = await this.core.outbox.find({ waiting: { $exists: true } }, { sort: { waiting: 1 }, limit });
    return rows.map(({ body, subject, attempts }) => ({ envelope: JSON.parse(body) as EventEnvelope, subject, attempts }));
  }

  async markPublished(events: readonly { readonly tenantId: string; readonly id: string; readonly streamSequence: number }[]): Promise<void> {
    const publishedAt = this.core.clock.now();
    await this.core.outbox.bulkWrite(events.map(({ tenantId, id, streamSequence }) => ({
      updateOne: { filter: { _id: id, tenantId }, update: { $set: { publishedAt, streamSequence }, $unset: { waiting: '' } } },
    })));
  }

  async markFailed(event: { readonly tenantId: string; readonly id: string }, reason: string): Promise<void> {
    await this.core.outbox.updateOne({ _id: event.id, tenantId: event.tenantId }, { $inc: { attempts: 1 }, $set: { reason } });
  }

  async backlog(): Promise<{ readonly count: number; readonly oldestAt?: Date }> {
    const waiting = { waiting: { $exists: true } };
    const [first] = await this.core.outbox.find(waiting, { sort: { waiting: 1 }, limit: 1 });
    let count = await this.core.outbox.count(waiting, backlogMax);
    let oldestAt = first && new Date(first.order.split('#')[0] ?? '');
    for (const definition of this.core.store.collections) {
      const documents = this.core.documents(definition);
      const [oldest] = await documents.find({ outboxAt: { $exists: true } }, { sort: { outboxAt: 1 }, limit: 1, projection: { outboxAt: 1 } });
      if (!oldest?.outboxAt) continue;
      count += await documents.count({ 'outbox.0': { $exists: true } } as never, backlogMax);
      if (!oldestAt || oldest.outboxAt < oldestAt) oldestAt = oldest.outboxAt;
    }
    return { count, oldestAt };
  }

  async streamSeen(): Promise<{ readonly bornAt?: string; readonly sequence: number }> {
    const stream = await this.core.streams.findOne({ _id: this.core.subgraph });
    const [last] = await this.core.outbox.find({ streamSequence: { $exists: true } }, { sort: { streamSequence: -1 }, limit: 1 });
    return { bornAt: stream?.bornAt, sequence: last?.streamSequence ?? 0 };
  }

  async rememberStream(bornAt: string): Promise<void> {
    await this.core.streams.updateOne({ _id: this.core.subgraph }, { $set: { bornAt } }, { upsert: true });
  }

  unpublishAfter(sequence: number): Promise<number> {
    return this.core.outbox.updateMany({ streamSequence: { $gt: sequence } }, [{ $set: { waiting: '$order' } }, { $unset: ['publishedAt', 'streamSequence'] }]);
  }

  onWake(wake: () => void): void {
    this.listeners.push(wake);
  }

  wake(collection?: string): void {
    if (collection !== undefined) this.left.add(collection);
    for (const wake of this.listeners) wake();
  }

  prune(olderThan: Date): Promise<number> {
    return this.core.outbox.deleteMany({ publishedAt: { $lt: olderThan } });
  }

  /** Looks again later where it failed, or where there are more. A commit meanwhile says so by itself. */
  private async moveAll(definition: CollectionDefinition, limit: number): Promise<void> {
    this.left.delete(definition.name);
    const moved = await this.moveFrom(this.core.documents(definition), limit).catch((error: unknown) => {
      this.left.add(definition.name);
      throw error;
    });
    if (moved >= limit) this.left.add(definition.name);
  }

  /** Rows first, then the documents let go of them: in between both have them, and the row's id keeps it one event. Answers of how many documents. */
  private async moveFrom(documents: RawCollection<RawDocument>, limit: number): Promise<number> {
    const found = await documents.find({ outboxAt: { $exists: true } }, { sort: { outboxAt: 1 }, limit, projection: { tenantId: 1, outbox: 1, removedAt: 1 } });
    if (found.length === 0) return 0;
    const recordedAt = this.core.clock.now();
    const rows = found.flatMap(({ tenantId, outbox }) => outbox.map((event) => outboxRow(event, tenantId, recordedAt)));
    await this.core.outbox.bulkWrite(rows.map(({ _id, ...row }) => ({ updateOne: { filter: { _id }, update: { $setOnInsert: row }, upsert: true } })));
    await documents.bulkWrite(found.flatMap(({ _id, outbox, removedAt }) => [
      { updateOne: { filter: { _id }, update: { $pull: { outbox: { id: { $in: outbox.map((event) => event.id) } } } } as never } },
      // One that is removed meanwhile keeps its mark, and goes at the next look.
      removedAt === undefined
        ? { updateOne: { filter: { _id, outbox: { $size: 0 }, removedAt: { $exists: false } } as never, update: { $unset: { outboxAt: '' } } as never } }
        : { deleteOne: { filter: { _id, outbox: { $size: 0 } } as never } },
    ]));
    return found.length;
  }
}
