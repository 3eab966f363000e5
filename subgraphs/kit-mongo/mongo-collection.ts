import { invariant } from '@haat/kit/invariant';
import type { CollectionDefinition, Stored } from './define-collection.js';
import { readDocument } from './mongo-document.js';
import type { MongoCore } from './mongo-core.js';
import type { Duplicate } from './mongo-duplicate.js';
import type { RawCollection, RawDocument } from './mongo-raw.js';
import type { MongoUnit } from './mongo-unit.js';
import { filterOf, ofTenant, scalar, type Scalar, type Where } from './mongo-where.js';
import { insertMany } from './mongo-insert-many.js';
import { change, insert, remove, save, type Decide } from './mongo-write.js';

/** Documents one read answers at most. */
export const readMax = 1_000;

/** The way to a tenant's documents. Works inside `inTenant` and transactions only. */
export interface MongoDoor {
  collection<T extends object>(definition: CollectionDefinition<T>): MongoCollection<T>;
}

/** Which documents of a page, and in which order: by one field that each of them has, then by `_id`. */
export interface PageOptions<T> {
  /** `_id` when absent. An index of the tenant and this field should be declared. */
  readonly orderBy?: (keyof T & string) | 'createdAt' | 'updatedAt';
  readonly descending?: boolean;
  /** The last document of the page before: its value of `orderBy`, and its id. */
  readonly after?: { readonly value: Scalar; readonly id: string };
  /** 1 to {@link readMax}. */
  readonly limit: number;
}

/** How a write is meant. */
export interface WriteOptions {
  /**
   * Not the document of this unit of work but one that follows: safe to repeat, and lost when the process dies before it,
   * unless the unit is a consumer's, which is then run again.
   */
  readonly followUp?: boolean;
  /** Emits the events that travel in this document. Those of {@link MongoCollection.change} are emitted in its `decide`. */
  readonly saying?: () => Promise<void>;
}

/** What became of a write. `missing`: no such document in this tenant. */
export type Written<T> = { readonly document: Stored<T> } | { readonly missing: true } | Duplicate;

/** One tenant's documents of one collection. Writes need a unit of work and are refused elsewhere. */
export interface MongoCollection<T extends object> {
  findById(id: string): Promise<Stored<T> | undefined>;
  /** One statement; in the order of the ids, null where there is none. At most {@link readMax} ids. */
  findByIds(ids: readonly string[]): Promise<readonly (Stored<T> | null)[]>;
  findOne(where: Where<T>): Promise<Stored<T> | undefined>;
  page(where: Where<T>, options: PageOptions<T>): Promise<readonly Stored<T>[]>;
  /** How many match, counting no further than `max`. */
  count(where: Where<T>, max: number): Promise<number>;
  /** A new document at version 1. In a consumer it happens once per event, whatever its id. */
  insert(document: T & { readonly _id: string }, options?: WriteOptions): Promise<{ readonly document: Stored<T> } | Duplicate>;
  /** Many new documents by one command, each with its own events and by itself; as follow-ups. See {@link insertMany}. */
  insertMany(documents: readonly (T & { readonly _id: string })[], saying?: (document: T & { readonly _id: string }) => Promise<void>): Promise<readonly ({ readonly document: Stored<T> } | Duplicate)[]>;
  /** Loads, decides, saves; again from the load when another writer was first. Deciding undefined leaves it as it is. */
  change(id: string, decide: (current: Stored<T>) => Decide<T>, options?: Omit<WriteOptions, 'saying'>): Promise<Written<T>>;
  /** As {@link change}, and inserts what was decided of undefined. */
  changeOrInsert(id: string, decide: (current: Stored<T> | undefined) => Decide<T>, options?: Omit<WriteOptions, 'saying'>): Promise<Written<T>>;
  /** Saves a document loaded before; the whole transaction runs again when its version is no longer the stored one. */
  save(document: Stored<T>, options?: WriteOptions): Promise<Written<T>>;
  /** Gone for readers at once; its `_id` and unique keys are free when its events have left it. False: there was none. */
  remove(id: string, options?: WriteOptions): Promise<boolean>;
}

/** The collection as one tenant sees it. */
export class TenantCollection<T extends object> implements MongoCollection<T> {
  readonly raw: RawCollection<RawDocument>;

  constructor(readonly core: MongoCore, readonly definition: CollectionDefinition<T>, readonly tenantId: string, private readonly ownUnit: MongoUnit | undefined) {
    // An absent tenant would be left out of every filter.
    invariant(typeof tenantId === 'string' && tenantId !== '', 'A collection was asked for outside a tenant.');
    this.raw = core.documents(definition);
  }

  async findById(id: string): Promise<Stored<T> | undefined> {
    return (await this.findByIds([id]))[0] ?? undefined;
  }

  async findByIds(ids: readonly string[]): Promise<readonly (Stored<T> | null)[]> {
    this.checkTenant();
    invariant(ids.length <= readMax, `${ids.length} ids of ${this.definition.name} were asked for at once; ${readMax} may be.`);
    const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
    const rows = wanted.length === 0 ? [] : await this.raw.find({ _id: { $in: wanted }, ...ofTenant(this.tenantId) }, { projection: withoutEvents });
    const byId = new Map(rows.map((row) => [row._id, readDocument(this.definition, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async findOne(where: Where<T>): Promise<Stored<T> | undefined> {
    return (await this.page(where, { limit: 1 }))[0];
  }

  async page(where: Where<T>, options: PageOptions<T>): Promise<readonly Stored<T>[]> {
    this.checkTenant();
    const { orderBy = '_id', descending = false, after, limit } = options;
    invariant(Number.isInteger(limit) && limit >= 1 && limit <= readMax, `A page of ${this.definition.name} holds 1 to ${readMax}, not ${limit}.`);
    const filter = filterOf(this.definition, this.tenantId, where);
    const onward = after === undefined ? {} : { $or: afterOf(orderBy, descending ? '$lt' : '$gt', after) };
    const sort = orderBy === '_id' ? { _id: descending ? -1 : 1 } as const : { [orderBy]: descending ? -1 : 1, _id: descending ? -1 : 1 } as const;
    const rows = await this.raw.find({ ...filter, ...onward }, { sort, limit, projection: withoutEvents });
    return rows.map((row) => readDocument(this.definition, row));
  }

  count(where: Where<T>, max: number): Promise<number> {
    this.checkTenant();
    return this.raw.count(filterOf(this.definition, this.tenantId, where), max);
  }

  insert(document: T & { readonly _id: string }, options: WriteOptions = {}): Promise<{ readonly document: Stored<T> } | Duplicate> {
    return insert(this, document, options);
  }

  insertMany(documents: readonly (T & { readonly _id: string })[], saying?: (document: T & { readonly _id: string }) => Promise<void>): Promise<readonly ({ readonly document: Stored<T> } | Duplicate)[]> {
    return insertMany(this, documents, saying);
  }

  change(id: string, decide: (current: Stored<T>) => Decide<T>, options: WriteOptions = {}): Promise<Written<T>> {
    return change(this, id, (current) => (current === undefined ? undefined : decide(current)), options);
  }

  changeOrInsert(id: string, decide: (current: Stored<T> | undefined) => Decide<T>, options: WriteOptions = {}): Promise<Written<T>> {
    return change(this, id, decide, options, { inserting: true });
  }

  save(document: Stored<T>, options: WriteOptions = {}): Promise<Written<T>> {
    return save(this, document, options);
  }

  remove(id: string, options: WriteOptions = {}): Promise<boolean> {
    return remove(this, id, options);
  }

  /** The unit of work that a write belongs to. */
  get unit(): MongoUnit {
    this.checkTenant();
    invariant(this.ownUnit, `A write to ${this.definition.name} needs a transaction.`);
    return this.ownUnit;
  }

  /** A handle kept by somebody must not work in another tenant's turn. */
  private checkTenant(): void {
    const bound = this.core.scope.getStore()?.tenantId;
    invariant(bound === this.tenantId, `A handle of ${this.definition.name} was used outside the tenant it was made in.`);
  }
}

const withoutEvents = { outbox: 0, applied: 0 } as const;

function afterOf(orderBy: string, operator: '$lt' | '$gt', { value, id }: { readonly value: Scalar; readonly id: string }): object[] {
  const [place, last] = [scalar(orderBy, value), scalar('_id', id)];
  if (orderBy === '_id') return [{ _id: { [operator]: last } }];
  return [{ [orderBy]: { [operator]: place } }, { [orderBy]: { $eq: place }, _id: { [operator]: last } }];
}
