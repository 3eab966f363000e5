import type { StoreDefinition } from '@haat/kit/store';
import type { CollectionDefinition } from './define-collection.js';
import { openMongo } from './mongo-runtime.js';

/** A subgraph's store on the MongoDB protocol: mongod, or FerretDB, which runs the same code. */
export interface MongoStore extends StoreDefinition {
  readonly kind: 'mongo';
  readonly collections: readonly CollectionDefinition[];
}

/** Declares that a subgraph keeps its documents in these collections. */
export function mongo({ collections }: Pick<MongoStore, 'collections'>): MongoStore {
  const store: MongoStore = { kind: 'mongo', collections, open: (options) => openMongo(store, options) };
  return store;
}
