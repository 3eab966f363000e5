import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { VendorsConfig } from './config.js';
import type { VendorsLoaders } from './loaders.js';

/** What reads of vendors get. */
export type VendorsContext = Context<EntityManager, VendorsLoaders, VendorsConfig>;
/** What writes of vendors get. */
export type VendorsTx = Tx<EntityManager, VendorsLoaders, VendorsConfig>;
