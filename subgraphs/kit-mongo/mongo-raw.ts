import { MongoBulkWriteError, MongoServerError, type AnyBulkWriteOperation, type Collection, type Db, type Filter, type FindOneAndUpdateOptions, type UpdateFilter } from 'mongodb';
import { boundariesOn, boundary } from '@haat/kit/boundary';
import type { Mark } from './mongo-once.js';

/** How long the server may work on one read, in milliseconds. */
export const readTimeoutMs = 5_000;

/** Writes per command at most; more are split, since FerretDB fails above 25,000 while saying it takes 100,000. */
export const batchMax = 10_000;

/** An event inside the document whose change it tells. */
export interface EmbeddedEvent {
  readonly id: string;
  /** Sorts the events of one document as they happened: its `updatedAt` and a running number. */
  readonly order: string;
  readonly subject: string;
  /** The envelope's JSON, kept as text so that nothing in it is taken for BSON. */
  readonly body: string;
}

/** A document as it lies in the database. */
export interface RawDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly outbox: readonly EmbeddedEvent[];
  /** Since when the oldest event waits; absent when none does. */
  readonly outboxAt?: Date;
  readonly applied?: readonly Mark[];
  /** What inserted it, where that must happen once. */
  readonly once?: string;
  /** Removed, and kept only until its events are in the outbox collection. */
  readonly removedAt?: Date;
  readonly [field: string]: unknown;
}

/** A read's extent. */
export interface ReadOptions {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
  readonly projection?: Readonly<Record<string, 0 | 1>>;
}

/** The commands that the kit sends, each between its boundary marks. Only kit files hold one. */
export class RawCollection<R extends { readonly _id: string }> {
  private readonly inner: Collection<R>;

  constructor(db: Db, readonly name: string, private readonly subgraph: string) {
    this.inner = db.collection<R>(name);
  }

  find(filter: Filter<R>, options: ReadOptions = {}): Promise<R[]> {
    return this.marked('find', () => this.inner.find(filter, { ...options, maxTimeMS: readTimeoutMs } as never).toArray() as Promise<R[]>);
  }

  async findOne(filter: Filter<R>, options: ReadOptions = {}): Promise<R | undefined> {
    return (await this.find(filter, { ...options, limit: 1 }))[0];
  }

  count(filter: Filter<R>, max: number): Promise<number> {
    return this.marked('count', () => this.inner.countDocuments(filter, { limit: max, maxTimeMS: readTimeoutMs }));
  }

  async insertOne(document: R): Promise<void> {
    await this.marked('insert', () => this.inner.insertOne(document as never));
  }

  /** Each by itself, in one command; the answer has those that failed, by their places. */
  insertMany(documents: readonly R[]): Promise<Map<number, MongoServerError>> {
    return this.marked('insert', async () => {
      const error = await this.inner.insertMany(documents as never, { ordered: false }).then(() => undefined, (e: unknown) => e);
      if (error === undefined) return new Map();
      if (!(error instanceof MongoBulkWriteError)) throw error;
      return new Map([error.writeErrors].flat().map(({ index, code, errmsg }) => [index, new MongoServerError({ message: errmsg ?? '', code })]));
    });
  }

  /** Whether a document matched, or was made. */
  updateOne(filter: Filter<R>, update: UpdateFilter<R> | object[], options: { upsert?: boolean } = {}): Promise<boolean> {
    return this.marked('update', async () => {
      const { matchedCount, upsertedCount } = await this.inner.updateOne(filter, update as never, options);
      return matchedCount + upsertedCount > 0;
    });
  }

  /** How many were changed. */
  updateMany(filter: Filter<R>, update: UpdateFilter<R> | object[]): Promise<number> {
    return this.marked('update', async () => (await this.inner.updateMany(filter, update as never)).modifiedCount);
  }

  /** The document after an update by pipeline, for what only the database's clock may decide. */
  findOneAndUpdate(filter: Filter<R>, pipeline: object[]): Promise<R | undefined> {
    const options: FindOneAndUpdateOptions = { returnDocument: 'after' };
    return this.marked('update', async () => ((await this.inner.findOneAndUpdate(filter, pipeline as never, options)) ?? undefined) as R | undefined);
  }

  /** Whether there was one. */
  deleteOne(filter: Filter<R>): Promise<boolean> {
    return this.marked('delete', async () => (await this.inner.deleteOne(filter)).deletedCount > 0);
  }

  /** How many there were. */
  deleteMany(filter: Filter<R>): Promise<number> {
    return this.marked('delete', async () => (await this.inner.deleteMany(filter)).deletedCount);
  }

  /** In order, split into commands that every server takes. */
  async bulkWrite(operations: AnyBulkWriteOperation<R>[]): Promise<void> {
    for (let start = 0; start < operations.length; start += batchMax) {
      await this.marked('bulk', () => this.inner.bulkWrite(operations.slice(start, start + batchMax), { ordered: true }));
    }
  }

  private async marked<X>(command: string, run: () => Promise<X>): Promise<X> {
    if (!boundariesOn()) return run();
    const name = `${this.subgraph}/${command} ${this.name}`;
    await boundary(`${name}:before`);
    const result = await run();
    await boundary(`${name}:after`);
    return result;
  }
}
