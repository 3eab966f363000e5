import { createHash } from 'node:crypto';
import { envelopeSchema, type EventEnvelope } from '@haat/schema/event';
import type { Filter } from 'mongodb';
import type { MongoCore } from './mongo-core.js';
import type { DeadLetter, InboxStore } from '@haat/kit/store';

/** A dead letter as it is kept. */
export interface DeadLetterRow extends Omit<DeadLetter, 'id'> {
  /** `<consumer>:<event id>`, so that burying twice makes one letter. */
  readonly _id: string;
  /** The aggregate's version: the order in which letters are tried again. */
  readonly version: number;
}

/** The letters that hold up an aggregate. */
export function openLetters(consumer: string, tenantId: string | null, aggregateId: string | null): Filter<DeadLetterRow> {
  return { consumer, tenantId, aggregateId, status: { $in: ['DEAD', 'PARKED'] } };
}

/** A letter as it is shown. */
export function publicLetter({ _id, version: _, ...letter }: DeadLetterRow): DeadLetter {
  return { id: _id, ...letter };
}

/** The event of a letter's body, if it is one. */
export function readEnvelope(body: string): EventEnvelope | undefined {
  try {
    return envelopeSchema.parse(JSON.parse(body)) as EventEnvelope;
  } catch {
    return undefined; // Its letter says why; nothing more can be done with it.
  }
}

/** Keeps what could not be applied, once; a later try replaces the reason. */
export async function buryLetter(core: MongoCore, consumer: string, letter: Parameters<InboxStore<unknown>['bury']>[1]): Promise<void> {
  const { envelope, subject, body, reason, attempts } = letter;
  const id = envelope?.id ?? createHash('sha256').update(`${subject}\n${body}`).digest('hex');
  const place = { consumer, tenantId: envelope?.tenantId ?? null, aggregateId: envelope?.aggregate.id ?? id, version: envelope?.aggregate.version ?? 0 };
  const update = { $set: { status: 'DEAD' as const, reason, attempts, diedAt: core.clock.now() }, $setOnInsert: { ...place, subject, body } };
  await core.letters.updateOne({ _id: `${consumer}:${id}` }, update, { upsert: true });
}

/**
 * Puts an event behind the dead one of its aggregate. `free` when that one was redriven in the same moment: nobody would
 * come for this event any more, so the caller applies it.
 */
export async function parkLetter(core: MongoCore, consumer: string, envelope: EventEnvelope): Promise<'parked' | 'free'> {
  const { id, tenantId, aggregate } = envelope;
  const row = {
    consumer, tenantId, aggregateId: aggregate.id, version: aggregate.version, status: 'PARKED' as const, subject: subjectFor(envelope),
    body: JSON.stringify(envelope), reason: 'Waits behind a dead letter of its aggregate.', attempts: 0, diedAt: core.clock.now(),
  };
  await core.letters.updateOne({ _id: `${consumer}:${id}` }, { $setOnInsert: row }, { upsert: true });
  const open = await core.letters.find(openLetters(consumer, tenantId, aggregate.id), { limit: 2 });
  return open.some((letter) => letter._id !== `${consumer}:${id}` || letter.status === 'DEAD') ? 'parked' : 'free';
}

function subjectFor({ type, version, tenantId }: EventEnvelope): string {
  return `events.${type}.v${version}.${tenantId}`;
}
