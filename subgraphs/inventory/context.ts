import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { InventoryConfig } from './config.js';
import type { InventoryLoaders } from './loaders.js';

/** What reads of inventory get. */
export type InventoryContext = Context<EntityManager, InventoryLoaders, InventoryConfig>;
/** What writes of inventory get. */
export type InventoryTx = Tx<EntityManager, InventoryLoaders, InventoryConfig>;
