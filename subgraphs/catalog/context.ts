import type { Context, Tx } from '@haat/kit/context';
import type { MongoDoor } from '@haat/kit-mongo/mongo-collection';
import type { CatalogConfig } from './config.js';
import type { CatalogLoaders } from './loaders.js';

/** What reads of catalog get. */
export type CatalogContext = Context<MongoDoor, CatalogLoaders, CatalogConfig>;
/** What writes of catalog get. */
export type CatalogTx = Tx<MongoDoor, CatalogLoaders, CatalogConfig>;
