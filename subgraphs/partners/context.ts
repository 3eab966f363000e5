import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { PartnersConfig } from './config.js';
import type { PartnersLoaders } from './loaders.js';

/** What reads of partners get. */
export type PartnersContext = Context<EntityManager, PartnersLoaders, PartnersConfig>;
/** What writes of partners get. */
export type PartnersTx = Tx<EntityManager, PartnersLoaders, PartnersConfig>;
