import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';

/** What reads of partners get. */
export type PartnersContext = Context<EntityManager, object, object>;
/** What writes of partners get. */
export type PartnersTx = Tx<EntityManager, object, object>;
