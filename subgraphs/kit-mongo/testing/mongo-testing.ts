import { randomUUID } from 'node:crypto';
import { MongoClient, type Document } from 'mongodb';
import { systemClock, type Clock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import { makeLog } from '@haat/kit/log';
import { type CollectionDefinition } from '../define-collection.js';
import { mongo } from '../mongo.js';
import { openMongo, type MongoRuntime } from '../mongo-runtime.js';
import type { ActingIn } from '@haat/kit/store';

/** A store in a database of its own, on the test run's server. */
export interface TestMongo extends AsyncDisposable {
  readonly runtime: MongoRuntime;
  readonly url: string;
  readonly database: string;
  /** Another runtime on the same database, as another process would have; closed with this one. */
  again(options?: TestMongoOptions): Promise<MongoRuntime>;
  /** What lies in a collection, past every wall. */
  raw(collection: string): Promise<Document[]>;
  /** Puts documents into a collection, past every wall. */
  put(collection: string, documents: readonly Document[]): Promise<void>;
  /** Changes what lies in a collection, past every wall. */
  edit(collection: string, id: string, update: Document): Promise<void>;
}

/** What a test may set. */
export interface TestMongoOptions {
  readonly clock?: Clock;
  readonly leaseMs?: number;
  readonly subgraph?: string;
  /** Other collections than the test's. */
  readonly collections?: readonly CollectionDefinition[];
}

/** The server of the test run. */
export function testMongoUrl(): string {
  const url = process.env.HAAT_TEST_MONGO_URL;
  if (!url) throw new Error('These tests need a MongoDB at HAAT_TEST_MONGO_URL: run npm test, which starts one.');
  return url;
}

/** Opens a store in a new database, dropped when the test is done with it. */
export async function openTestMongo(collections: readonly CollectionDefinition[], options: TestMongoOptions = {}): Promise<TestMongo> {
  const url = testMongoUrl();
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new MongoClient(url);
  const open = (o: TestMongoOptions): Promise<MongoRuntime> => openMongo(mongo({ collections: o.collections ?? collections }), {
    subgraph: o.subgraph ?? 'testing', env: { MONGO_URL: url, MONGO_DATABASE: database }, log: makeLog('testing', 'silent'), clock: o.clock ?? systemClock, leaseMs: o.leaseMs,
  });
  const opened = [await open(options)];
  return {
    runtime: opened[0] as MongoRuntime, url, database,
    again: async (o = {}) => {
      const runtime = await open({ ...options, ...o });
      opened.push(runtime);
      return runtime;
    },
    raw: (collection) => admin.db(database).collection(collection).find().toArray(),
    put: async (collection, documents) => void (await admin.db(database).collection(collection).insertMany([...documents])),
    edit: async (collection, id, update) => void (await admin.db(database).collection<{ _id: string }>(collection).updateOne({ _id: id }, update)),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((runtime) => runtime.close()));
      await admin.db(database).dropDatabase();
      await admin.close();
    },
  };
}

/** Somebody acting in a tenant. */
export function actingIn(tenantId: string = newId('ten')): ActingIn {
  return { tenantId, actor: 'system:testing' };
}
