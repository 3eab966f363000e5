import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { SearchConfig } from './config.js';
import type { SearchLoaders } from './loaders.js';

/** What reads of search get. */
export type SearchContext = Context<EntityManager, SearchLoaders, SearchConfig>;
/** What writes of search get. */
export type SearchTx = Tx<EntityManager, SearchLoaders, SearchConfig>;
