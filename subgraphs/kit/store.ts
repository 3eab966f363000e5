import type { EventContract, EventEnvelope } from '@haat/schema/event';
import type { Clock } from './clock.js';
import type { EmittedEvent, TransactionOptions } from './context.js';
import type { Job } from './define.js';
import type { Log } from './log.js';

/** A subgraph's store as it is declared. It opens itself, so that a process loads the drivers of its own stores only. */
export interface StoreDefinition {
  readonly kind: 'postgres' | 'mongo';
  /** Brings the store up to date and connects. Throws, for people, when it must not be used as it is. */
  open(options: OpenStoreOptions): Promise<StoreRuntime>;
  /** Work by the clock that keeps the store small. */
  readonly jobs?: readonly Job[];
}

/** Where a store is and who opens it. */
export interface OpenStoreOptions {
  readonly subgraph: string;
  /** The subgraph's environment; a store reads its own settings from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly clock: Clock;
}

/** Who acts in a unit of work, for what the kit writes by itself: outbox, inbox, idempotency. */
export interface ActingIn {
  readonly tenantId: string;
  /** As {@link actorOf} names it. */
  readonly actor: string;
  /** Whose idempotency keys are meant, as {@link callerOf} names them; the actor's where nothing is said. */
  readonly caller?: string;
  readonly causationId?: string;
  readonly correlationId?: string;
  readonly traceparent?: string;
}

/** One transaction (Postgres) or one document's change (Mongo) in progress. */
export interface UnitOfWork<D> {
  readonly db: D;
  emit<P>(contract: EventContract<P>, event: EmittedEvent<P>): Promise<void>;
  afterCommit(work: () => void | Promise<void>): void;
  /** Goes on in another tenant within this unit; only the platform's own tenant may. */
  inTenant<T>(tenantId: string, work: (unit: UnitOfWork<D>) => Promise<T>): Promise<T>;
}

/** What a store does once it runs: the same promises over Postgres and MongoDB. */
export interface StoreRuntime<D = unknown> {
  /** Reads. Works only inside {@link inTenant}; elsewhere it sees nothing. */
  readonly db: D;
  /** Binds a tenant to everything that `work` does with the store. The only way to see a row. */
  inTenant<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction of one tenant, again within a budget when the database says so. */
  transaction<T>(acting: ActingIn, work: (unit: UnitOfWork<D>) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** A statement of the sweep role; refused by a store that has none. */
  sweep<R>(statement: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** On MongoDB instead: what is due by a field that its collection names under `due`, over all tenants, oldest first. */
  sweepDue?(collection: DueCollection, field: string, before: Date, limit: number): Promise<readonly { readonly tenantId: string; readonly _id: string }[]>;
  readonly outbox: OutboxStore;
  readonly inbox: InboxStore<D>;
  /** Becomes the one runner of `name` over all processes, or undefined while another is. */
  lead(name: string): Promise<Leadership | undefined>;
  /** Whether the store answers, for `/ready`. Throws a reason when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A collection whose documents are due by some of its fields. */
export interface DueCollection {
  readonly name: string;
  readonly due: readonly string[];
}

/** Held by the one runner of something. Lost with its connection, so that a stopped process cannot keep it. */
export interface Leadership extends AsyncDisposable {
  /** Aborted when the leadership is lost; the runner stops at once. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** An event waiting in an outbox. */
export interface OutboxEvent {
  readonly envelope: EventEnvelope;
  readonly subject: string;
  /** How often publishing it was tried. */
  readonly attempts: number;
}

/** Where a producer keeps its events; the broker is a cache of it. */
export interface OutboxStore {
  /**
   * The oldest unpublished events of all tenants, in their order per aggregate. `here` looks only where commits of this process left
   * some since the last look, which is cheaper for a store whose events lie in many places; `everywhere` unless said.
   */
  pending(limit: number, where?: 'here' | 'everywhere'): Promise<readonly OutboxEvent[]>;
  /** Remembers that the broker has them, and where in the stream. */
  markPublished(events: readonly { readonly tenantId: string; readonly id: string; readonly streamSequence: number }[]): Promise<void>;
  /** Remembers a failed try. */
  markFailed(event: { readonly tenantId: string; readonly id: string }, reason: string): Promise<void>;
  /** How many wait, and since when the oldest does. */
  backlog(): Promise<{ readonly count: number; readonly oldestAt?: Date }>;
  /** The broker's stream as last seen: its birth and the highest sequence it acknowledged to us. */
  streamSeen(): Promise<{ readonly bornAt?: string; readonly sequence: number }>;
  rememberStream(bornAt: string): Promise<void>;
  /** The broker lost everything after this sequence: those events wait again. Answers how many. */
  unpublishAfter(sequence: number): Promise<number>;
  /** Called when a commit put something in. */
  onWake(wake: () => void): void;
  /** Drops published rows older than the retention. */
  prune(olderThan: Date): Promise<number>;
}

/** What became of an event that arrived. */
export type Applied = 'applied' | 'duplicate' | 'stale' | 'parked';

/** An event that could not be applied, or waits behind one of the same aggregate that could not. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly tenantId: string | null;
  readonly aggregateId: string | null;
  /** DEAD: tried and failed. PARKED: waits behind a dead one of its aggregate. REDRIVEN: applied afterwards. */
  readonly status: 'DEAD' | 'PARKED' | 'REDRIVEN' | 'DISCARDED';
  readonly subject: string;
  readonly body: string;
  readonly reason: string;
  readonly attempts: number;
  readonly diedAt: Date;
}

/** Where a consumer remembers what it has applied. */
export interface InboxStore<D> {
  /**
   * Applies an event once: the inbox row and the effect are one commit. Skips one whose aggregate version is not above
   * the highest that this consumer applied (`stale`), and parks one whose aggregate has a dead letter.
   */
  apply(consumer: string, envelope: EventEnvelope, subgraph: string, work: (unit: UnitOfWork<D>) => Promise<void>): Promise<Applied>;
  /**
   * The same for events of one tenant and of different aggregates, in one commit: `work` gets those that take effect. Answers in the
   * order of the events. Absent where the store changes one document at a time.
   */
  applyBatch?(consumer: string, envelopes: readonly EventEnvelope[], subgraph: string, work: (unit: UnitOfWork<D>, applied: readonly EventEnvelope[]) => Promise<void>): Promise<readonly Applied[]>;
  /** Keeps what could not be applied. `envelope` is absent when the body could not even be read. */
  bury(consumer: string, letter: { readonly envelope?: EventEnvelope; readonly subject: string; readonly body: string; readonly reason: string; readonly attempts: number }): Promise<void>;
  /** Dead letters, oldest first; where there are more than are listed, those that are still open. */
  letters(consumer?: string, limit?: number): Promise<readonly DeadLetter[]>;
  /**
   * Tries the dead letter of an aggregate again and then those parked behind it, in order, until one fails.
   * Answers how many were applied.
   */
  redrive(consumer: string, letterId: string, subgraph: string, work: (unit: UnitOfWork<D>, envelope: EventEnvelope) => Promise<void>): Promise<number>;
  prune(olderThan: Date): Promise<number>;
}
