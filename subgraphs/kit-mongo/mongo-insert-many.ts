import { MongoServerError } from 'mongodb';
import { invariant } from '@haat/kit/invariant';
import type { Stored } from './define-collection.js';
import type { TenantCollection } from './mongo-collection.js';
import { ownFields, readDocument } from './mongo-document.js';
import { takenIndex, uniquely, type Duplicate } from './mongo-duplicate.js';
import { embedded } from './mongo-outbox.js';
import type { RawDocument } from './mongo-raw.js';

/** Documents of one call at most: one command takes them all. */
export const insertManyMax = 2_000;

/**
 * Inserts many new documents by one command, each with its own events inside: each happens or does not by itself, and what
 * became of it stands in its place. They are follow-ups, so whoever dies in between must be able to do it again.
 */
export async function insertMany<T extends object>(at: TenantCollection<T>, documents: readonly (T & { readonly _id: string })[], saying?: (document: T & { readonly _id: string }) => Promise<void>): Promise<readonly ({ readonly document: Stored<T> } | Duplicate)[]> {
  const { unit, definition } = at;
  invariant(documents.length <= insertManyMax, `${documents.length} documents of ${definition.name} were to be inserted at once; ${insertManyMax} may be.`);
  invariant(unit.once === undefined, 'A consumer inserts its documents one by one, so that each remembers the event.');
  const made: { readonly raw: RawDocument; readonly said: Parameters<typeof unit.carried>[0] }[] = [];
  for (const document of documents) {
    const { said } = await unit.decided(async () => saying?.(document));
    unit.claim(`${definition.name} ${document._id}`, true);
    made.push({ raw: newDocument(at, document, said), said });
  }
  const failures = made.length === 0 ? new Map<number, MongoServerError>() : await at.raw.insertMany(made.map(({ raw }) => raw));
  const outcomes: ({ readonly document: Stored<T> } | Duplicate)[] = [];
  for (const [n, { raw, said }] of made.entries()) {
    const failure = failures.get(n);
    const taken = failure && (await takenBy(at, raw, failure));
    if (taken) unit.unclaim(`${definition.name} ${raw._id}`);
    else unit.carried(said, true, definition.name);
    outcomes.push(taken ?? { document: readDocument(definition, raw) });
  }
  return outcomes;
}

function newDocument<T extends object>({ definition, tenantId, core }: TenantCollection<T>, document: T & { readonly _id: string }, said: Parameters<typeof embedded>[0]): RawDocument {
  const { _id } = document;
  for (const { envelope: { type, aggregate } } of said) invariant(aggregate.id !== _id || aggregate.version === 1, `${type} says version ${aggregate.version} of ${_id}, which is written as 1.`);
  const now = core.clock.now();
  return { ...ownFields(definition, document, { _id, tenantId }), _id, tenantId, version: 1, createdAt: now, updatedAt: now, outbox: embedded(said, now), ...(said.length > 0 && { outboxAt: now }) };
}

/** Which key was taken; undefined where another try succeeded, since a loser of a race may hear of something else. */
async function takenBy<T extends object>(at: TenantCollection<T>, raw: RawDocument, failure: MongoServerError): Promise<Duplicate | undefined> {
  const index = takenIndex(failure);
  if (index === undefined) throw failure;
  if (index !== '') return { duplicate: index };
  const again = await uniquely(() => at.raw.insertOne(raw), async () => '_id_');
  return again && 'duplicate' in again ? again : undefined;
}
