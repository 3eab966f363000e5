import { z } from 'zod';
import { asking } from '@haat/kit/ask';
import type { AskContract } from '@haat/schema/ask';
import type { EventContract, EventEnvelope } from '@haat/schema/event';
import { systemClock } from '@haat/kit/clock';
import { readConfig } from '@haat/kit/config';
import type { EmittedEvent } from '@haat/kit/context';
import type { HttpRequest, HttpResponse } from '@haat/kit/http';
import { batchEffectOf, effectOf } from '../consumer.js';
import type { SubgraphDefinition } from '@haat/kit/define';
import { makeLog } from '@haat/kit/log';
import { envelopeOf } from '@haat/kit/outbox-envelope';
import { systemContextOf, txOf, type ContextParts } from '@haat/kit/request-context';
import { readSealingKeys } from '@haat/kit/sealing-keys';
import type { OperationAnswer } from '@haat/kit/server';
import { bodyDigest, contextHeader, digestHeader, readSigningKey, signContext } from '@haat/kit/signing';
import { startSubgraph, type RunningSubgraph } from '../start.js';
import type { Applied, UnitOfWork } from '@haat/kit/store';
import { contextFor, type TestAsker } from '@haat/kit/testing/test-asker';
import { testKeys } from '@haat/kit/testing/test-keys';
import type { TestSubgraphOptions } from './test-subgraph-options.js';
import { testDatabase } from '@haat/kit-postgres/testing/postgres';

/** A subgraph of a test's own: its database, its keys, no broker; events stay in the outbox, to be read. */
export interface TestSubgraph {
  readonly running: RunningSubgraph;
  /** The database's superuser, for looking behind the walls. */
  readonly adminUrl: string;
  /** What it was started with. */
  readonly env: Readonly<Record<string, string>>;
  ask<D = Record<string, unknown>>(asker: TestAsker, query: string, variables?: Record<string, unknown>): Promise<OperationAnswer & { readonly data?: D | null }>;
  /** Puts an ask to it, as the gateway would. */
  put<I, O>(asker: TestAsker, contract: AskContract<I, O>, input: I): Promise<O>;
  /** Sends a request to one of its routes, as the gateway would. */
  send(asker: TestAsker, request: Pick<HttpRequest, 'method' | 'url'> & { readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array }): Promise<HttpResponse>;
  /** Lets it hear an event of another subgraph, as the broker would bring it. Answers what each of its consumers made of it. */
  hear<P>(contract: EventContract<P>, tenantId: string, event: EmittedEvent<P>): Promise<readonly Applied[]>;
  /** The same for events of different aggregates that came at the same time: consumers that can, take them together. */
  hearTogether<P>(contract: EventContract<P>, tenantId: string, events: readonly EmittedEvent<P>[]): Promise<readonly Applied[]>;
  /** Runs one of its jobs once, by the test's clock. */
  runJob(name: string): Promise<void>;
  /** A statement of the superuser, past every wall. */
  query<R = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** The events of a tenant in the outbox, oldest first. */
  events(tenantId: string): Promise<readonly { readonly type: string; readonly payload: Record<string, unknown>; readonly aggregate: { readonly id: string; readonly version: number } }[]>;
  /** Opens what was sealed for anybody: a test holds every private key. */
  unseal(recipient: string, bound: { readonly tenantId: string; readonly purpose: string }, sealed: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a subgraph on a database of its own. */
export async function startTestSubgraph(definition: SubgraphDefinition, options: TestSubgraphOptions = {}): Promise<TestSubgraph> {
  const clock = options.clock ?? systemClock;
  const keys = await testKeys([definition.name, 'gateway', 'identity', 'notifications', 'shipping', 'tenants']);
  const database = await testDatabase();
  const env = { ...keys.envOf(definition.name), ...(await database.envFor(definition.name)), HAAT_UNSAFE_DURABILITY: 'true', ...options.env };
  const log = makeLog(definition.name, process.env['HAAT_LOG'] ?? 'silent');
  const running = await startSubgraph(definition, { env, clock, localAnswers: options.localAnswers, schema: options.schema, log }).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  const gateway = await readSigningKey(keys.envOf('gateway').HAAT_SIGNING_KEY);
  const asks = asking({ key: gateway, clock, local: new Map([...(options.localAnswers ?? []), [definition.name, running.answer]]) });
  const sealing = readSealingKeys(env.HAAT_SEALING_KEY, env.HAAT_SEALING_PUBLIC_KEYS);
  const parts: ContextParts = { definition, config: readConfig(definition.config ?? z.object({}), env), store: running.store, asking: asks, sealing, clock, log };
  return {
    running,
    adminUrl: database.adminUrl, env,
    async ask<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}) {
      const contextToken = await signContext(gateway, definition.name, contextFor(asker, clock), { now: clock.now() });
      return running.execute({ query, variables, contextToken }) as Promise<OperationAnswer & { data?: D | null }>;
    },
    put: (asker, contract, input) => asks.ask(contract, input, contextFor(asker, clock)),
    async send(asker, { headers, body, ...request }) {
      const digest = body ? bodyDigest(body) : '';
      const token = await signContext(gateway, definition.name, contextFor(asker, clock), { now: clock.now(), digest });
      return running.handle({ ...request, body: body ?? new Uint8Array(), headers: { ...headers, [contextHeader]: token, [digestHeader]: digest } });
    },
    hear: (contract, tenantId, event) => heard(parts, envelopeOf({ tenantId, actor: `system:${contract.producer}` }, contract, event, clock), contract),
    hearTogether: (contract, tenantId, events) => heardTogether(parts, events.map((event) => envelopeOf({ tenantId, actor: `system:${contract.producer}` }, contract, event, clock)), contract),
    runJob: (name) => ranOnce(parts, name),
    query: (sql, parameters) => database.query(sql, parameters),
    async events(tenantId) {
      const rows = await database.query<{ payload: never }>(`select payload from ${definition.name}.outbox where tenant_id = $1 order by seq`, [tenantId]);
      return rows.map((row) => row.payload);
    },
    unseal: (recipient, bound, sealed) => keys.unseal(recipient, bound, sealed),
    async close() {
      await running.close();
      await database.drop();
    },
  };
}

/** Has each consumer of a contract apply an event, as the loop of consumers does. */
function heard(parts: ContextParts, envelope: EventEnvelope, contract: EventContract): Promise<readonly Applied[]> {
  const { definition, store } = parts;
  const effect = effectOf((unit: UnitOfWork<unknown>, tenantId) => txOf(systemContextOf(parts, tenantId, envelope), unit, definition));
  const consumers = (definition.consumers ?? []).filter((consumer) => consumer.contract.key === contract.key);
  return Promise.all(consumers.map((consumer) => store.inbox.apply(consumer.name, envelope, definition.name, (unit) => effect(unit, consumer, envelope))));
}

async function heardTogether(parts: ContextParts, envelopes: readonly EventEnvelope[], contract: EventContract): Promise<readonly Applied[]> {
  const { definition, store } = parts;
  const effect = batchEffectOf((unit: UnitOfWork<unknown>, tenantId) => txOf(systemContextOf(parts, tenantId), unit, definition));
  const consumers = (definition.consumers ?? []).filter((consumer) => consumer.contract.key === contract.key);
  const outcomes = await Promise.all(consumers.map((consumer) => {
    if (!consumer.consumeBatch || !store.inbox.applyBatch) throw new Error(`${consumer.name} of ${definition.name} takes one event at a time.`);
    return store.inbox.applyBatch(consumer.name, envelopes, definition.name, (unit, applied) => effect(unit, consumer, applied));
  }));
  return outcomes.flat();
}

async function ranOnce(parts: ContextParts, name: string): Promise<void> {
  const { definition, store, clock, log, config } = parts;
  const job = (definition.jobs ?? []).find((one) => one.name === name);
  if (!job) throw new Error(`${definition.name} has no job ${name}.`);
  await job.run({
    clock, log, config, signal: new AbortController().signal,
    sweep: (statement, parameters) => store.sweep(statement, parameters),
    inTenant: (tenantId, work) => store.inTenant(tenantId, () => work(systemContextOf(parts, tenantId) as never)),
  });
}
