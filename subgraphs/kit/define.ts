import type { AskContract } from '@haat/schema/ask';
import type { EventContract, EventEnvelope } from '@haat/schema/event';
import type { z } from 'zod';
import type { Context, Tx } from './context.js';
import type { Route } from './routes.js';
import type { StoreDefinition, StoreRuntime } from './store.js';

/** A class, as type-graphql and TypeORM take it. */
export type ClassOf = abstract new (...args: never[]) => object;

/** One key of an entity as the gateway sends it: `__typename`, the key fields and what `@requires` asked for. */
export type Representation = { readonly __typename: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** Finds many entities by their keys with one statement: answers in the order of the keys, null where there is none. */
export type FindEntities<C> = (ctx: C, keys: readonly Representation[]) => Promise<readonly (object | null)[]>;

/** An ask answered: in a transaction when its contract says that it changes something. Made by {@link defineAnswer}. */
export interface Answer {
  readonly contract: AskContract;
  readonly answer: (scope: never, input: never) => Promise<unknown>;
  /** It opens its own transactions. Made by {@link defineAnswerInSteps}. */
  readonly isInSteps?: true;
}

/** Says how an ask is answered. `scope` is a {@link Tx} when the contract changes something, else a {@link Context}. */
export function defineAnswer<I, O, S>(contract: AskContract<I, O>, answer: (scope: S, input: I) => Promise<O>): Answer {
  return { contract, answer };
}

/** As {@link defineAnswer}, for an answer that waits for somebody outside between two transactions of its own: it gets a {@link Context}, so that none is open meanwhile. */
export function defineAnswerInSteps<I, O, S>(contract: AskContract<I, O>, answer: (ctx: S, input: I) => Promise<O>): Answer {
  return { contract, answer, isInSteps: true };
}

/** What happens here when something happened there: once per event, in the event's tenant. Made by {@link defineConsumer}. */
export interface Consumer {
  /** `on-<event>`: the inbox's key, never changed once deployed. */
  readonly name: string;
  readonly contract: EventContract;
  readonly consume: (tx: never, event: never) => Promise<void>;
  /** Does the same for many at once. Made by {@link defineBatchConsumer}. */
  readonly consumeBatch?: (tx: never, events: never) => Promise<void>;
}

/** Says what an event does here. `consume` runs in a transaction of the event's tenant, as SYSTEM. */
export function defineConsumer<P, T>(name: string, contract: EventContract<P>, consume: (tx: T, event: EventEnvelope<P>) => Promise<void>): Consumer {
  return { name, contract, consume };
}

/**
 * As {@link defineConsumer}, for what many events do by one statement as well as one does: keeping facts of others. `consumeBatch`
 * gets events of one tenant, of different aggregates, and says nothing of its own: an event it said would have no one cause.
 * Where a batch fails each of its events is applied by itself. A store that cannot change many at once has it do one at a time.
 */
export function defineBatchConsumer<P, T>(name: string, contract: EventContract<P>, consumeBatch: (tx: T, events: readonly EventEnvelope<P>[]) => Promise<void>): Consumer {
  return { name, contract, consume: (tx: T, event: EventEnvelope<P>) => consumeBatch(tx, [event]), consumeBatch };
}

/** Work that runs by the clock, one runner at a time over all processes. */
export interface Job {
  readonly name: string;
  /** Between two runs, in milliseconds. */
  readonly everyMs: number;
  readonly run: (scope: JobScope) => Promise<void>;
}

/** What a job gets: it looks across tenants by the sweep role only, and works in one tenant at a time. */
export interface JobScope {
  readonly clock: Context['clock'];
  readonly log: Context['log'];
  readonly config: unknown;
  /** Aborted when the process drains. */
  readonly signal: AbortSignal;
  /** A statement of the sweep role, which sees (tenant, id, due) of what was granted to it and no more. */
  sweep<R>(statement: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** On MongoDB instead: what is due by a field that its collection names under `due`, over all tenants, oldest first. */
  readonly sweepDue?: StoreRuntime['sweepDue'];
  /** Runs as SYSTEM inside one tenant. */
  inTenant<T>(tenantId: string, work: (ctx: Context<never, never, never>) => Promise<T>): Promise<T>;
}

/** A whole subgraph, on one screen, as an object of symbols. */
export interface SubgraphDefinition {
  /** A plain noun, lower case; also the database role, schema and NATS user. */
  readonly name: string;
  /** Its own settings, read from the environment. */
  readonly config?: z.ZodObject;
  readonly store: StoreDefinition;
  readonly resolvers: readonly ClassOf[];
  /** Object types that no root field reaches: entities of others that it adds to. */
  readonly types?: readonly ClassOf[];
  readonly references?: Readonly<Record<string, FindEntities<never>>>;
  readonly loaders?: (ctx: never) => object;
  /** Every event it says. */
  readonly says?: readonly EventContract[];
  /** Every ask it may put to others. */
  readonly asks?: readonly AskContract[];
  readonly answers?: readonly Answer[];
  readonly consumers?: readonly Consumer[];
  readonly jobs?: readonly Job[];
  readonly routes?: readonly Route[];
  /** Says the present state of its own rows again, for a read model to be rebuilt: one call per tenant. */
  readonly republish?: (tx: never, options: RepublishOptions) => Promise<void>;
  /** Rows of the demonstration marketplaces; development only, the same every time. */
  readonly seed?: (seeding: Seeding) => Promise<void>;
}

/** Which part to say again. */
export interface RepublishOptions {
  /** A contract's key; all of the subgraph's state events when absent. */
  readonly event?: string;
}

/** What a seed gets: a transaction as SYSTEM in any tenant it names. */
export interface Seeding {
  readonly clock: Context['clock'];
  inTenant<T>(tenantId: string, work: (tx: Tx<never, never, never>) => Promise<T>): Promise<T>;
}

/** Declares a subgraph. It only names things; `startSubgraph` makes them run. */
export function defineSubgraph(definition: SubgraphDefinition): SubgraphDefinition {
  return definition;
}
