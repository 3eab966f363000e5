import type { EventEnvelope } from '@haat/schema/event';
import { z } from 'zod';
import { answering, answerOverNats, asking, type AnswerAsk } from '@haat/kit/ask';
import { systemClock, type Clock } from '@haat/kit/clock';
import { readConfig } from '@haat/kit/config';
import { startConsumers, type TxOf } from './consumer.js';
import { deadLetters, type DeadLetters } from './dead-letter.js';
import type { Tx } from '@haat/kit/context';
import type { Answer, JobScope, Seeding, SubgraphDefinition } from '@haat/kit/define';
import type { InternalContext } from '@haat/kit/identity';
import { runJobs } from './job.js';
import { kitConfig } from './kit-config.js';
import { listen } from './listen.js';
import { makeLog, type Log } from '@haat/kit/log';
import { connectNats, type NatsLink } from '@haat/kit/nats';
import { startRelay } from './relay.js';
import { republish } from './republish.js';
import { contextOf, systemContextOf, txOf, type ContextParts } from '@haat/kit/request-context';
import { answerByRoute } from '@haat/kit/route-match';
import { buildFederatedSchema, type FederatedSchema } from '@haat/kit/schema';
import { readSealingKeys } from '@haat/kit/sealing-keys';
import { makeFace, type Face } from '@haat/kit/server';
import { readSigningKey, readTrustedKeys, verifyContext, type VerifyingOptions } from '@haat/kit/signing';
import { startTelemetry } from '@haat/kit/telemetry';
import { usedOnce } from '@haat/kit/used-once';
import type { StoreRuntime, UnitOfWork } from '@haat/kit/store';

/** Who may send a subgraph operations and hooks. */
const doorPrincipals = ['gateway'];

/** Whose word counts, and which calls were taken already. */
type Trust = Pick<VerifyingOptions, 'trusted'> & Required<Pick<VerifyingOptions, 'used'>>;

/** How a subgraph is started. */
export interface StartOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Subgraphs of the same process that answer asks, by name; looked up when asked, so later ones may join. */
  readonly localAnswers?: ReadonlyMap<string, AnswerAsk>;
  /** A schema built beforehand: for the tests that take the access rules away. */
  readonly schema?: FederatedSchema;
}

/** A subgraph that runs. */
export interface RunningSubgraph extends Face {
  readonly name: string;
  readonly definition: SubgraphDefinition;
  /** Answers asks of the same process. */
  readonly answer: AnswerAsk;
  readonly store: StoreRuntime;
  /** What is not ready, in words; empty when all is. */
  unready(): Promise<readonly string[]>;
  /** Runs the definition's seed: demonstration rows, development only. */
  seed(): Promise<void>;
  /** Says the present state of some tenants' rows again. `event` is a contract's key; all when absent. */
  republish(tenantIds: readonly string[], event?: string): Promise<void>;
  /** What could not be applied, and another try at it. */
  readonly deadLetters: DeadLetters;
}

/** What was opened, to be closed in the reverse order. */
type Opened = { close(): Promise<void> };

/** Brings a definition to life: store migrated, events flowing, faces answering. What was opened is closed when a part fails; the error names the subgraph. */
export async function startSubgraph(definition: SubgraphDefinition, options: StartOptions): Promise<RunningSubgraph> {
  const opened: Opened[] = [];
  try {
    return await start(definition, options, opened);
  } catch (error) {
    await closeAll(opened);
    throw new Error(`The subgraph ${definition.name} did not start: ${(error as Error).message}`, { cause: error });
  }
}

/** Runs one subgraph alone, until it is told to stop: the whole of a subgraph's `main.ts`. */
export async function runSubgraph(definition: SubgraphDefinition): Promise<void> {
  const log = makeLog(definition.name);
  const subgraph = await startSubgraph(definition, { env: process.env, log });
  const { PORT } = readConfig(kitConfig, process.env);
  const door = await listen(subgraph.handle, PORT, log);
  log.info({ port: door.port }, 'Listening.');
  await new Promise((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve); });
  await door.close();
  await subgraph.close();
}

async function start(definition: SubgraphDefinition, options: StartOptions, opened: Opened[]): Promise<RunningSubgraph> {
  const { env, clock = systemClock, log = makeLog(definition.name) } = options;
  const config = readConfig(kitConfig, env);
  const own = readConfig(definition.config ?? z.object({}), env);
  const [key, trusted] = await Promise.all([readSigningKey(config.HAAT_SIGNING_KEY), readTrustedKeys(config.HAAT_TRUSTED_KEYS)]);
  opened.push(await startTelemetry({ service: definition.name, env }));
  const store = await definition.store.open({ subgraph: definition.name, env, log, clock });
  opened.push(store);
  const nats = config.NATS_URL === undefined ? undefined : await connectNats({ url: config.NATS_URL, name: definition.name, log });
  if (nats) opened.push({ close: () => nats.drain() });
  const parts: ContextParts = {
    definition, config: own, store, clock, log, sealing: readSealingKeys(config.HAAT_SEALING_KEY, config.HAAT_SEALING_PUBLIC_KEYS),
    asking: asking({ key, clock, nats, local: options.localAnswers }),
  };
  const trust = { trusted, used: usedOnce() };
  const answer = answerOf(parts, trust);
  const txOfEvent = (unit: UnitOfWork<unknown>, tenantId: string, envelope?: EventEnvelope): Tx => txOf(systemContextOf(parts, tenantId, envelope), unit, definition);
  const acting = { definition, store, txOf: txOfEvent };
  if (nats) startFlows(parts, nats, { answer, txOfEvent }, opened);
  opened.push({ close: runJobs({ subgraph: definition.name, jobs: [...(definition.jobs ?? []), ...(definition.store.jobs ?? [])], store, log, scope: jobScope(parts) }) });
  const unready = () => unreadyParts(store, nats);
  const face = await makeFace(faceParts(parts, options.schema ?? buildFederatedSchema(definition), trust, unready));
  opened.push(face);
  return {
    ...face, name: definition.name, definition, answer, store, unready, deadLetters: deadLetters(acting), seed: () => seed(parts),
    republish: (tenantIds, event) => republish(acting, tenantIds, { event }), close: () => closeAll(opened),
  };
}

function startFlows(parts: ContextParts, nats: NatsLink, { answer, txOfEvent }: { answer: AnswerAsk; txOfEvent: TxOf<unknown> }, opened: Opened[]): void {
  const { definition, store, log, clock } = parts;
  // Who answers nothing may not listen for asks either.
  if (definition.answers?.length) opened.push(answerOverNats(nats, definition.name, answer));
  opened.push(startRelay({ subgraph: definition.name, store, nats, log, clock }));
  opened.push(startConsumers({ definition, store, nats, log, clock, txOf: txOfEvent }));
}

/** Asks are answered in the asker's tenant; one that changes something gets a transaction, unless it takes its steps by itself. */
function answerOf(parts: ContextParts, trust: Trust): AnswerAsk {
  const { definition, clock, log } = parts;
  const answers = (definition.answers ?? []).map((one) => [one.contract.key, { contract: one.contract, run: runnerOf(parts, one) }] as const);
  return answering({ subgraph: definition.name, ...trust, clock, log, answers: new Map(answers) });
}

function runnerOf(parts: ContextParts, { contract, answer: declared, isInSteps }: Answer) {
  const answer = declared as (scope: unknown, input: unknown) => Promise<unknown>;
  return (input: unknown, internal: InternalContext) => parts.store.inTenant(internal.tenant.id, () => {
    const ctx = contextOf(parts, internal);
    return contract.changes && !isInSteps ? ctx.transaction((tx) => answer(tx, input)) : answer(ctx, input);
  });
}

function faceParts(parts: ContextParts, { schema }: FederatedSchema, trust: Trust, unready: () => Promise<readonly string[]>): Parameters<typeof makeFace>[0] {
  const { definition, store, clock, log } = parts;
  return {
    name: definition.name, schema, log, unready,
    verified: (token, digest) => verifyContext(token ?? '', { audience: definition.name, ...trust, now: clock.now(), digest, issuers: doorPrincipals }),
    within: (internal, work) => store.inTenant(internal.tenant.id, () => work(contextOf(parts, internal))),
    route: (request, ctx) => answerByRoute(definition.routes ?? [], definition.name, request, ctx),
  };
}

function jobScope(parts: ContextParts): Omit<JobScope, 'signal'> {
  const { store, clock, log, config } = parts;
  return {
    clock, log, config,
    sweep: (statement, parameters) => store.sweep(statement, parameters),
    sweepDue: store.sweepDue,
    inTenant: (tenantId, work) => store.inTenant(tenantId, () => work(systemContextOf(parts, tenantId) as never)),
  };
}

/** Demonstration rows are written as SYSTEM, a transaction for each tenant's part. */
async function seed(parts: ContextParts): Promise<void> {
  const seeding: Seeding = { clock: parts.clock, inTenant: (tenantId, work) => systemContextOf(parts, tenantId).transaction((tx) => work(tx as never)) };
  await parts.definition.seed?.(seeding);
}

async function unreadyParts(store: StoreRuntime, nats: NatsLink | undefined): Promise<readonly string[]> {
  const isStoreThere = await store.ping().then(() => true, () => false);
  return [...(isStoreThere ? [] : ['the database']), ...(nats?.status() === 'down' ? ['the broker'] : [])];
}

async function closeAll(opened: Opened[]): Promise<void> {
  for (const part of opened.splice(0).reverse()) await part.close().catch(() => undefined);
}
