import type { EventEnvelope } from '@haat/schema/event';
import type { MongoDoor } from './mongo-collection.js';
import type { MongoCore } from './mongo-core.js';
import { buryLetter, openLetters, parkLetter, publicLetter, readEnvelope, type DeadLetterRow } from './mongo-letters.js';
import { runUnit } from './mongo-transaction.js';
import type { Applied, DeadLetter, InboxStore, UnitOfWork } from '@haat/kit/store';

/** Event ids kept per consumer and aggregate. */
const recentMax = 20;
/** Letters listed, and redriven by one call, at most. */
export const lettersMax = 1_000;

/** What a consumer does with one event. */
type Effect = (unit: UnitOfWork<MongoDoor>) => Promise<void>;

/** Once per event: the mark is in the effect's own document, the row here is the short way. See decisions/0004-mongo-inbox.md. */
export class MongoInbox implements InboxStore<MongoDoor> {
  constructor(private readonly core: MongoCore) {}

  async apply(consumer: string, envelope: EventEnvelope, subgraph: string, work: Effect): Promise<Applied> {
    const [seen, isBlocked] = await Promise.all([this.seen(consumer, envelope), this.isBlocked(consumer, envelope)]);
    if (seen) return seen;
    if (isBlocked && (await parkLetter(this.core, consumer, envelope)) === 'parked') return 'parked';
    await this.effect(consumer, envelope, subgraph, work);
    if (isBlocked) await this.core.letters.updateOne({ _id: letterId(consumer, envelope) }, { $set: { status: 'REDRIVEN' } });
    return 'applied';
  }

  async bury(consumer: string, letter: Parameters<InboxStore<MongoDoor>['bury']>[1]): Promise<void> {
    await buryLetter(this.core, consumer, letter);
  }

  async letters(consumer?: string, limit: number = lettersMax): Promise<readonly DeadLetter[]> {
    const of = consumer === undefined ? {} : { consumer };
    const most = Math.min(limit, lettersMax);
    const oldest = (status: DeadLetter['status'][], count: number): Promise<DeadLetterRow[]> => this.core.letters.find({ ...of, status: { $in: status } }, { sort: { diedAt: 1, _id: 1 }, limit: count });
    const open = await oldest(['DEAD', 'PARKED'], most);
    // What was redriven hides nothing that waits. A limit of 0 would be none.
    const closed = open.length < most ? await oldest(['REDRIVEN', 'DISCARDED'], most - open.length) : [];
    return [...open, ...closed].sort((a, b) => a.diedAt.getTime() - b.diedAt.getTime() || (a._id < b._id ? -1 : 1)).map(publicLetter);
  }

  async redrive(consumer: string, id: string, subgraph: string, work: (unit: UnitOfWork<MongoDoor>, envelope: EventEnvelope) => Promise<void>): Promise<number> {
    const asked = await this.core.letters.findOne({ _id: id, consumer, status: { $in: ['DEAD', 'PARKED'] } });
    let applied = 0;
    for (let letter = asked && (await this.firstOf(asked)), n = 0; letter && n < lettersMax; n += 1) {
      const outcome = await this.again(letter, subgraph, work);
      if (outcome === 'failed') break;
      if (outcome === 'applied') applied += 1;
      letter = await this.firstOf(letter);
    }
    return applied;
  }

  async prune(olderThan: Date): Promise<number> {
    await this.core.letters.deleteMany({ status: { $in: ['REDRIVEN', 'DISCARDED'] }, diedAt: { $lt: olderThan } });
    return this.core.inbox.deleteMany({ appliedAt: { $lt: olderThan } });
  }

  private async seen(consumer: string, { tenantId, aggregate, id }: EventEnvelope): Promise<'duplicate' | 'stale' | undefined> {
    const row = await this.core.inbox.findOne({ _id: `${tenantId}:${consumer}:${aggregate.id}` });
    if (row?.recent.includes(id)) return 'duplicate';
    return row && aggregate.version <= row.version ? 'stale' : undefined;
  }

  private async isBlocked(consumer: string, { tenantId, aggregate }: EventEnvelope): Promise<boolean> {
    return (await this.core.letters.findOne(openLetters(consumer, tenantId, aggregate.id))) !== undefined;
  }

  /** The effect leaves its mark in the document it writes; dying before the row only means that the mark is looked at. */
  private async effect(consumer: string, envelope: EventEnvelope, subgraph: string, work: Effect): Promise<void> {
    const { id, tenantId, aggregate, correlationId, traceparent } = envelope;
    const by = `${consumer}:${aggregate.id}`;
    const acting = { tenantId, actor: `system:${subgraph}`, causationId: id, correlationId, traceparent };
    await runUnit(this.core, acting, work, { by, version: aggregate.version, key: `${tenantId}:${consumer}:${id}` });
    const update = { $max: { version: aggregate.version }, $push: { recent: { $each: [id], $slice: -recentMax } }, $set: { appliedAt: this.core.clock.now() } };
    await this.core.inbox.updateOne({ _id: `${tenantId}:${by}` }, update as never, { upsert: true });
  }

  private async firstOf({ consumer, tenantId, aggregateId }: DeadLetterRow): Promise<DeadLetterRow | undefined> {
    return this.core.letters.findOne(openLetters(consumer, tenantId, aggregateId), { sort: { version: 1 } });
  }

  private async again(letter: DeadLetterRow, subgraph: string, work: (unit: UnitOfWork<MongoDoor>, envelope: EventEnvelope) => Promise<void>): Promise<'applied' | 'known' | 'failed'> {
    const envelope = readEnvelope(letter.body);
    try {
      if (!envelope) throw new Error('Its body is not an event.');
      const isKnown = (await this.seen(letter.consumer, envelope)) !== undefined;
      if (!isKnown) await this.effect(letter.consumer, envelope, subgraph, (unit) => work(unit, envelope));
      await this.core.letters.updateOne({ _id: letter._id }, { $set: { status: 'REDRIVEN' } });
      return isKnown ? 'known' : 'applied';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.core.letters.updateOne({ _id: letter._id }, { $set: { status: 'DEAD', reason }, $inc: { attempts: 1 } });
      return 'failed';
    }
  }
}

function letterId(consumer: string, envelope: EventEnvelope): string {
  return `${consumer}:${envelope.id}`;
}
