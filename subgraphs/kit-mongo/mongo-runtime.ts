import { AsyncLocalStorage } from 'node:async_hooks';
import { MongoClient, type Db } from 'mongodb';
import { z } from 'zod';
import { readConfig } from '@haat/kit/config';
import { invariant } from '@haat/kit/invariant';
import type { CollectionDefinition } from './define-collection.js';
import type { MongoStore } from './mongo.js';
import { TenantCollection, type MongoDoor } from './mongo-collection.js';
import type { MongoCore, Scope } from './mongo-core.js';
import { MongoInbox } from './mongo-inbox.js';
import { makeIndexes } from './mongo-indexes.js';
import { leaseMs, takeLead, type MongoLeadership } from './mongo-lead.js';
import { MongoOutbox } from './mongo-outbox.js';
import { RawCollection } from './mongo-raw.js';
import { runUnit } from './mongo-transaction.js';
import type { OpenStoreOptions, StoreRuntime } from '@haat/kit/store';

/** Documents one sweep answers at most. */
export const sweepMax = 10_000;

/** Connections per subgraph: many subgraphs share one process. */
const poolSizeMax = 8;
const timeouts = { serverSelectionTimeoutMS: 5_000, connectTimeoutMS: 5_000, socketTimeoutMS: 20_000, waitQueueTimeoutMS: 5_000 };

/** Where the store is. The database is the subgraph's own. */
const mongoConfig = z.object({ MONGO_URL: z.string().min(1), MONGO_DATABASE: z.string().min(1) });

/** How the store is opened. */
export interface MongoOptions extends OpenStoreOptions {
  /** How long a lead lasts unrenewed. Default: {@link leaseMs}. */
  readonly leaseMs?: number;
}

/** A store that runs, with what only MongoDB has. */
export interface MongoRuntime extends StoreRuntime<MongoDoor> {
  lead(name: string): Promise<MongoLeadership | undefined>;
  /** The only look across tenants: what is due by a field that its definition names under `due`, oldest first. */
  sweepDue(definition: CollectionDefinition, field: string, before: Date, limit: number): Promise<readonly { readonly tenantId: string; readonly _id: string }[]>;
}

/** Connects, and makes the indexes that are missing. Throws when the server does not answer within 5 s. */
export async function openMongo(store: Pick<MongoStore, 'collections'>, options: MongoOptions): Promise<MongoRuntime> {
  const env = readConfig(mongoConfig, options.env, `the environment of ${options.subgraph}`);
  const client = new MongoClient(env.MONGO_URL, { ...timeouts, maxPoolSize: poolSizeMax, w: 'majority', ignoreUndefined: true, appName: options.subgraph });
  try {
    const db = client.db(env.MONGO_DATABASE);
    await db.command({ ping: 1 });
    await makeIndexes(db, store);
    return runtimeOf(client, coreOf(client.db(env.MONGO_DATABASE), store, options), options.leaseMs ?? leaseMs);
  } catch (error) {
    await client.close();
    throw error;
  }
}

type Core = MongoCore & { readonly outboxStore: MongoOutbox };

function coreOf(db: Db, store: Pick<MongoStore, 'collections'>, { subgraph, log, clock }: MongoOptions): Core {
  const raw = <R extends { readonly _id: string }>(name: string): RawCollection<R> => new RawCollection<R>(db, name, subgraph);
  const core: Core = {
    store, subgraph, clock, log,
    scope: new AsyncLocalStorage<Scope>(),
    documents: (definition) => {
      invariant(store.collections.includes(definition), `${definition.name} is not among the collections of ${subgraph}.`);
      return raw(definition.name);
    },
    outbox: raw('outbox'), inbox: raw('inbox'), letters: raw('dead_letters'), leases: raw('leases'), streams: raw('streams'),
    get outboxStore() { return outbox; },
    wake: (collection) => outbox.wake(collection),
  };
  const outbox = new MongoOutbox(core);
  return core;
}

function runtimeOf(client: MongoClient, core: Core, lastsMs: number): MongoRuntime {
  return {
    db: { collection: (definition) => new TenantCollection(core, definition, core.scope.getStore()?.tenantId ?? '', undefined) },
    inTenant: (tenantId, work) => core.scope.run({ tenantId }, work),
    transaction: (acting, work, options) => {
      invariant(options?.idempotency === undefined, 'A store on MongoDB keeps no idempotent answers.');
      return runUnit(core, acting, work);
    },
    sweep: () => invariantly('MongoDB has no sweep role; declare the field under due, and call sweepDue.'),
    sweepDue: (definition, field, before, limit) => sweepDue(core, definition, { field, before, limit }),
    outbox: core.outboxStore,
    inbox: new MongoInbox(core),
    lead: (name) => takeLead(core, name, lastsMs),
    ping: async () => void (await client.db('admin').command({ ping: 1 })),
    close: () => client.close(),
  };
}

async function invariantly(why: string): Promise<never> {
  invariant(false, why);
}

async function sweepDue(core: MongoCore, definition: CollectionDefinition, { field, before, limit }: { readonly field: string; readonly before: Date; readonly limit: number }): Promise<readonly { readonly tenantId: string; readonly _id: string }[]> {
  invariant(definition.due.includes(field), `${definition.name} does not declare ${field} as due.`);
  invariant(limit >= 1 && limit <= sweepMax, `A sweep answers 1 to ${sweepMax}, not ${limit}.`);
  const filter = { [field]: { $lte: before }, removedAt: { $exists: false } };
  const rows = await core.documents(definition).find(filter, { sort: { [field]: 1 }, limit, projection: { tenantId: 1 } });
  return rows.map(({ _id, tenantId }) => ({ _id, tenantId }));
}
