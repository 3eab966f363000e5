import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { OrdersConfig } from './config.js';
import type { OrdersLoaders } from './loaders.js';

/** What reads of orders get. */
export type OrdersContext = Context<EntityManager, OrdersLoaders, OrdersConfig>;
/** What writes of orders get. */
export type OrdersTx = Tx<EntityManager, OrdersLoaders, OrdersConfig>;
