import type { EntityManager } from 'typeorm';
import type { Clock } from '@haat/kit/clock';
import type { TransactionOptions } from '@haat/kit/context';
import type { Log } from '@haat/kit/log';
import type { ActingIn, UnitOfWork } from '@haat/kit/store';

/**
 * What the kit's own stores over Postgres stand on: the outbox, the inbox, idempotency. Subgraphs never see it.
 * Every connection behind it is its taker's tenant; whoever is in none sees no rows.
 */
export interface PostgresDoor {
  /** The subgraph's name, which is its schema's as well. */
  readonly subgraph: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Reads and single statements, in the tenant of the surrounding {@link inTenant}. */
  readonly db: EntityManager;
  inTenant<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
  transaction<T>(acting: ActingIn, work: (unit: UnitOfWork<EntityManager>) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** A statement of the sweep role, across tenants: it may only select the columns that migrations granted. */
  sweep<R>(statement: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** Calls `wake` after each commit that put something into the outbox. */
  onEmitted(wake: () => void): void;
}
