import { MongoServerError, type CreateIndexesOptions, type Db } from 'mongodb';
import type { CollectionDefinition, IndexDeclaration } from './define-collection.js';
import type { MongoStore } from './mongo.js';
import { takenIndex } from './mongo-duplicate.js';

/** How often making an index is tried, where several processes open the same database. */
const triesMax = 5;

interface Index {
  readonly collection: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly options: CreateIndexesOptions & { readonly name: string };
}

/** Makes every index that a store declares and the kit needs; those that are there already are left. */
export async function makeIndexes(db: Db, store: Pick<MongoStore, 'collections'>): Promise<void> {
  const wanted = [...kitIndexes, ...store.collections.flatMap(indexesOf)];
  for (const index of wanted) await makeIndex(db, index);
}

const kitIndexes: readonly Index[] = [
  { collection: 'outbox', keys: { waiting: 1 }, options: { name: 'waiting', sparse: true } },
  { collection: 'outbox', keys: { streamSequence: -1 }, options: { name: 'streamSequence', sparse: true } },
  { collection: 'outbox', keys: { publishedAt: 1 }, options: { name: 'publishedAt', sparse: true } },
  { collection: 'inbox', keys: { appliedAt: 1 }, options: { name: 'appliedAt' } },
  { collection: 'dead_letters', keys: { consumer: 1, tenantId: 1, aggregateId: 1, version: 1 }, options: { name: 'byAggregate' } },
  { collection: 'dead_letters', keys: { diedAt: 1 }, options: { name: 'diedAt' } },
];

function indexesOf({ name: collection, indexes, due }: CollectionDefinition): readonly Index[] {
  return [
    { collection, keys: { tenantId: 1, _id: 1 }, options: { name: 'kitTenant' } },
    // Sparse, since nearly every document has neither; a partial index is only used by a query that repeats its condition.
    { collection, keys: { outboxAt: 1 }, options: { name: 'kitOutbox', sparse: true } },
    { collection, keys: { once: 1 }, options: { name: 'kitOnce', sparse: true, unique: true } },
    ...due.map((field): Index => ({ collection, keys: { [field]: 1 }, options: { name: `kitDue_${field}`, sparse: true } })),
    ...indexes.map((index): Index => ({ collection, keys: { tenantId: 1, ...index.keys }, options: optionsOf(index) })),
  ];
}

function optionsOf({ name, unique, whenSet }: IndexDeclaration): Index['options'] {
  return { name, ...(unique && { unique }), ...(whenSet !== undefined && { partialFilterExpression: { [whenSet]: { $exists: true } } }) };
}

async function makeIndex(db: Db, { collection, keys, options }: Index, tries = 1): Promise<void> {
  try {
    await db.collection(collection).createIndex({ ...keys }, options);
  } catch (error) {
    const isOther = error instanceof MongoServerError && (error.code === 85 || error.code === 86);
    if (isOther) throw new Error(`Index ${options.name} of ${collection} is there and is another one: give the changed index a new name.`, { cause: error });
    if (takenIndex(error) === undefined) throw error;
    if (tries >= triesMax) throw new Error(`Index ${options.name} of ${collection} cannot be unique over the documents there are.`, { cause: error });
    await makeIndex(db, { collection, keys, options }, tries + 1);
  }
}
