import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { ShippingConfig } from './config.js';
import type { ShippingLoaders } from './loaders.js';

/** What reads of shipping get. */
export type ShippingContext = Context<EntityManager, ShippingLoaders, ShippingConfig>;
/** What writes of shipping get. */
export type ShippingTx = Tx<EntityManager, ShippingLoaders, ShippingConfig>;
