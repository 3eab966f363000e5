import type { AskContract } from '@haat/schema/ask';
import type { EventContract } from '@haat/schema/event';
import type { Clock } from './clock.js';
import type { TenantFacts, Viewer } from './identity.js';
import type { Log } from './log.js';

/** How long the caller still waits. */
export interface Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds left; 0 when it has passed. */
  remainingMs(): number;
}

/**
 * What every request carries. `D` is the door to the store for reading (TypeORM's EntityManager or the Mongo door),
 * `L` the loaders made for this request, `F` the subgraph's own settings.
 * A function that takes a context reads; one that takes a {@link Tx} writes.
 */
export interface Context<D = unknown, L = unknown, F = unknown> {
  readonly subgraph: string;
  readonly tenant: TenantFacts;
  readonly viewer: Viewer;
  /** The negotiated language, BCP 47, one of the tenant's. */
  readonly locale: string;
  readonly requestId: string;
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: F;
  readonly loaders: L;
  /** Reads, with the tenant bound to each connection. */
  readonly db: D;
  readonly traceparent?: string;
  readonly idempotencyKey?: string;
  readonly clientAddress?: string;
  readonly clientAgent?: string;
  /** Asks another subgraph and waits, within both deadlines. Refuses with `SUBGRAPH_UNAVAILABLE` or `DEADLINE_EXCEEDED`. */
  ask<I, O>(contract: AskContract<I, O>, input: I): Promise<O>;
  /** Encrypts a value that only `recipient` can read, for one tenant and one purpose; to put into an event. */
  seal(recipient: string, bound: SealedFor, value: unknown): Promise<string>;
  /** Opens what was sealed for this subgraph, for the same tenant and purpose; refuses everything else. */
  unseal(bound: SealedFor, sealed: string): Promise<unknown>;
  /** Runs a write in one transaction, again when the database asks for it (serialization, deadlock), at most a few times. */
  transaction<T>(work: (tx: Tx<D, L, F>) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** A write in progress: what is done with it is committed together or not at all. */
export interface Tx<D = unknown, L = unknown, F = unknown> extends Omit<Context<D, L, F>, 'transaction'> {
  /** Says that something happened: a row in the outbox of this same commit. The event leaves after the commit. */
  emit<P>(contract: EventContract<P>, event: EmittedEvent<P>): Promise<void>;
  /**
   * Goes on in another tenant within this same transaction. Only the platform's own tenant may: everybody else is refused
   * by an invariant, before the database would.
   */
  inTenant<T>(tenantId: string, work: (tx: Tx<D, L, F>) => Promise<T>): Promise<T>;
  /** Runs after the commit succeeded, never when it did not. For caches and wake-ups; nothing that must not be lost. */
  afterCommit(work: () => void | Promise<void>): void;
}

/** What a sealed value is bound to: it opens nowhere else. */
export interface SealedFor {
  readonly tenantId: string;
  /** Such as an event's key. */
  readonly purpose: string;
}

/** What a verb says of its event; the kit adds id, time, tenant, actor and trace. */
export interface EmittedEvent<P> {
  /** The aggregate's id and its version after this change. */
  readonly aggregate: { readonly id: string; readonly version: number };
  readonly payload: P;
  /** Set by `republish` only. */
  readonly republished?: boolean;
}

/** How a write runs. */
export interface TransactionOptions {
  /** READ COMMITTED unless said otherwise. */
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
  /** One effect per key: see idempotency.ts of kit-postgres. */
  readonly idempotency?: IdempotencyOptions;
}

/** One effect per (tenant, caller, operation, key); the answer is kept in the effect's own transaction. */
export interface IdempotencyOptions {
  /** The mutation's name. */
  readonly operation: string;
  /** The client's key, 1 to 255 characters. */
  readonly key: string;
  /** Everything that decides the effect: another input under the same key is refused. */
  readonly input: unknown;
  /** How long the answer is kept, in hours: at least 24, 168 for money. */
  readonly keepHours?: number;
}
