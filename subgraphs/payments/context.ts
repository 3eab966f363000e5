import type { EntityManager } from 'typeorm';
import type { Context, Tx } from '@haat/kit/context';
import type { PaymentsConfig } from './config.js';
import type { PaymentsLoaders } from './loaders.js';

/** What reads of payments get. */
export type PaymentsContext = Context<EntityManager, PaymentsLoaders, PaymentsConfig>;
/** What writes of payments get. */
export type PaymentsTx = Tx<EntityManager, PaymentsLoaders, PaymentsConfig>;
/** Either, where nothing is written. */
export type PaymentsReads = PaymentsContext | PaymentsTx;
