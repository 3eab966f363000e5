import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { TenantsConfig } from './config.js';
import type { TenantsLoaders } from './loaders.js';

/** What reads of tenants get. */
export type TenantsContext = Context<EntityManager, TenantsLoaders, TenantsConfig>;
/** What writes of tenants get. */
export type TenantsTx = Tx<EntityManager, TenantsLoaders, TenantsConfig>;
