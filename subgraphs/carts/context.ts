import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { CartsConfig } from './config.js';
import type { CartsLoaders } from './loaders.js';

/** What reads of carts get. */
export type CartsContext = Context<EntityManager, CartsLoaders, CartsConfig>;
/** What writes of carts get. */
export type CartsTx = Tx<EntityManager, CartsLoaders, CartsConfig>;
