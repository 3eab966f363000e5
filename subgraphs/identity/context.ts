import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { IdentityConfig } from './config.js';
import type { IdentityLoaders } from './loaders.js';

/** What reads of identity get. */
export type IdentityContext = Context<EntityManager, IdentityLoaders, IdentityConfig>;
/** What writes of identity get. */
export type IdentityTx = Tx<EntityManager, IdentityLoaders, IdentityConfig>;
