import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { PricingConfig } from './config.js';
import type { PricingLoaders } from './loaders.js';

/** What reads of pricing get. */
export type PricingContext = Context<EntityManager, PricingLoaders, PricingConfig>;
/** What writes of pricing get. */
export type PricingTx = Tx<EntityManager, PricingLoaders, PricingConfig>;
/** What both have: enough to look something up. */
export type PricingReads = PricingContext | PricingTx;
