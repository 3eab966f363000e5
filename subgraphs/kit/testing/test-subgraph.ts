import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { asking, type AnswerAsk } from '../ask.js';
import type { AskContract } from '@haat/schema/ask';
import type { EventContract, EventEnvelope } from '@haat/schema/event';
import { systemClock, type Clock } from '../clock.js';
import { readConfig } from '../config.js';
import type { EmittedEvent } from '../context.js';
import { effectOf } from '../consumer.js';
import type { SubgraphDefinition } from '../define.js';
import { newId } from '../id.js';
import { guest, type InternalContext, type TenantFacts, type Viewer } from '../identity.js';
import { makeLog } from '../log.js';
import { envelopeOf } from '../outbox-envelope.js';
import { systemContextOf, txOf, type ContextParts } from '../request-context.js';
import type { FederatedSchema } from '../schema.js';
import { makeSealKeys } from '../seal.js';
import { readSealingKeys } from '../sealing-keys.js';
import type { OperationAnswer } from '../server.js';
import { makeSigningKeys, readSigningKey, signContext } from '../signing.js';
import { startSubgraph, type RunningSubgraph } from '../start.js';
import type { Applied, UnitOfWork } from '../store.js';
import { testDatabase } from './postgres.js';

export { platformTenant, testTenant, testViewer } from './test-tenant.js';

/** Long enough for any test's request, in milliseconds. */
const deadlineMs = 20_000;

/** Who asks in a test, and where. */
export interface TestAsker {
  readonly tenant: TenantFacts;
  readonly viewer?: Viewer;
  readonly locale?: string;
  readonly idempotencyKey?: string;
  readonly clientAddress?: string;
}

/** How a subgraph is started for a test. */
export interface TestSubgraphOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Other subgraphs that answer asks, by name. */
  readonly localAnswers?: ReadonlyMap<string, AnswerAsk>;
  readonly schema?: FederatedSchema;
}

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
  /** Lets it hear an event of another subgraph, as the broker would bring it. Answers what each of its consumers made of it. */
  hear<P>(contract: EventContract<P>, tenantId: string, event: EmittedEvent<P>): Promise<readonly Applied[]>;
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
  const keys = await testKeys([definition.name, 'gateway', 'identity', 'notifications', 'tenants']);
  const database = await testDatabase();
  const env = { ...keys.envOf(definition.name), ...(await database.envFor(definition.name)), HAAT_UNSAFE_DURABILITY: 'true', ...options.env };
  const log = makeLog(definition.name, process.env['HAAT_LOG'] ?? 'silent');
  const running = await startSubgraph(definition, { env, clock, localAnswers: options.localAnswers, schema: options.schema, log }).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  const gateway = await readSigningKey(keys.envOf('gateway').HAAT_SIGNING_KEY);
  const asks = asking({ key: gateway, clock, local: new Map([[definition.name, running.answer]]) });
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
    hear: (contract, tenantId, event) => heard(parts, envelopeOf({ tenantId, actor: `system:${contract.producer}` }, contract, event, clock), contract),
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

/** What the gateway would say of who asks. */
export function contextFor(asker: TestAsker, clock: Clock): InternalContext {
  return {
    tenant: asker.tenant, viewer: asker.viewer ?? guest, locale: asker.locale ?? asker.tenant.locales[0] ?? 'en', requestId: newId('req'),
    deadlineAt: clock.now().getTime() + deadlineMs, idempotencyKey: asker.idempotencyKey, clientAddress: asker.clientAddress ?? '192.0.2.1', clientAgent: 'test',
  };
}

/** Keys of everybody named, and the environment that each would have. */
export async function testKeys(principals: readonly string[]) {
  const made = new Map(await Promise.all(principals.map(async (name) => {
    const sealing = await makeSealKeys();
    const named = (jwk: object) => ({ ...jwk, kid: `${name}:1` });
    return [name, { signing: await makeSigningKeys(name), privateSeal: named(sealing.privateJwk), publicSeal: named(sealing.publicJwk) }] as const;
  })));
  const access = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const accessKey = { ...(await exportJWK(access.privateKey)), kid: 'access:1' };
  const publicSeals = JSON.stringify({ keys: [...made.values()].map((k) => k.publicSeal) });
  const envOf = (name: string) => ({
    HAAT_SIGNING_KEY: JSON.stringify(made.get(name)?.signing.privateJwk),
    HAAT_TRUSTED_KEYS: JSON.stringify({ keys: [...made.values()].map((k) => k.signing.publicJwk) }),
    HAAT_SEALING_KEY: JSON.stringify(made.get(name)?.privateSeal),
    HAAT_SEALING_PUBLIC_KEYS: publicSeals,
    ACCESS_TOKEN_KEYS: JSON.stringify({ keys: [accessKey] }),
  });
  return {
    envOf,
    unseal: (recipient: string, bound: { tenantId: string; purpose: string }, sealed: string) => readSealingKeys(envOf(recipient).HAAT_SEALING_KEY, publicSeals).unseal(bound, sealed),
  };
}
