import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '@haat/schema/event';
import type { AskContract } from '@haat/schema/ask';
import { MongoClient, type Document } from 'mongodb';
import { asking } from '@haat/kit/ask';
import { systemClock } from '@haat/kit/clock';
import type { SubgraphDefinition } from '@haat/kit/define';
import { makeLog } from '@haat/kit/log';
import type { OperationAnswer } from '@haat/kit/server';
import type { HttpRequest, HttpResponse } from '@haat/kit/http';
import { bodyDigest, contextHeader, digestHeader, readSigningKey, signContext } from '@haat/kit/signing';
import { startSubgraph, type RunningSubgraph } from '../start.js';
import { contextFor, type TestAsker } from '@haat/kit/testing/test-asker';
import { testKeys } from '@haat/kit/testing/test-keys';
import type { TestSubgraphOptions } from './test-subgraph-options.js';
import { testMongoUrl } from '@haat/kit-mongo/testing/mongo-testing';

/** A subgraph of a test's own on MongoDB: its database, its keys, no broker; events stay in the outbox, to be read. */
export interface TestMongoSubgraph extends AsyncDisposable {
  readonly running: RunningSubgraph;
  /** Its database on the test's server. */
  readonly database: string;
  ask<D = Record<string, unknown>>(asker: TestAsker, query: string, variables?: Record<string, unknown>): Promise<OperationAnswer & { readonly data?: D | null }>;
  /** Sends a request to one of its routes, as the gateway would; `digest` where the body is a stream. */
  send(asker: TestAsker, request: Pick<HttpRequest, 'method' | 'url' | 'body'> & { readonly headers?: Readonly<Record<string, string>>; readonly digest?: string }): Promise<HttpResponse>;
  /** Puts an ask to it, as the gateway would. */
  put<I, O>(asker: TestAsker, contract: AskContract<I, O>, input: I): Promise<O>;
  /** The events of a tenant, oldest first: those still in their documents and those moved out. */
  events(tenantId: string): Promise<readonly EventEnvelope<Record<string, unknown>>[]>;
  /** What lies in a collection, past every wall. */
  raw(collection: string): Promise<Document[]>;
  /** Changes what lies in a collection, past every wall. */
  edit(collection: string, id: string, update: Document): Promise<void>;
  /** Opens what was sealed for anybody: a test holds every private key. */
  unseal(recipient: string, bound: { readonly tenantId: string; readonly purpose: string }, sealed: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a subgraph on a database of its own, dropped when it is closed. */
export async function startTestMongoSubgraph(definition: SubgraphDefinition, options: TestSubgraphOptions = {}): Promise<TestMongoSubgraph> {
  const clock = options.clock ?? systemClock;
  const keys = await testKeys([...new Set([definition.name, 'gateway', 'identity', 'tenants', 'vendors'])]);
  const [url, database] = [testMongoUrl(), `test_${randomUUID().replaceAll('-', '')}`];
  const admin = new MongoClient(url);
  const env = { ...keys.envOf(definition.name), MONGO_URL: url, MONGO_DATABASE: database, ...options.env };
  const running = await startSubgraph(definition, { env, clock, localAnswers: options.localAnswers, schema: options.schema, log: makeLog(definition.name, process.env['HAAT_LOG'] ?? 'silent') });
  const gateway = await readSigningKey(keys.envOf('gateway').HAAT_SIGNING_KEY);
  const asks = asking({ key: gateway, clock, local: new Map([[definition.name, running.answer]]) });
  const close = async (): Promise<void> => {
    await running.close();
    await admin.db(database).dropDatabase();
    await admin.close();
  };
  return {
    running, database, close,
    async send(asker, { digest, headers, ...request }) {
      const signed = digest ?? (request.body instanceof Uint8Array ? bodyDigest(request.body) : '');
      const token = await signContext(gateway, definition.name, contextFor(asker, clock), { now: clock.now(), digest: signed });
      return running.handle({ ...request, headers: { ...headers, [contextHeader]: token, [digestHeader]: signed } });
    },
    async ask<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}) {
      const contextToken = await signContext(gateway, definition.name, contextFor(asker, clock), { now: clock.now() });
      return running.execute({ query, variables, contextToken }) as Promise<OperationAnswer & { data?: D | null }>;
    },
    put: (asker, contract, input) => asks.ask(contract, input, contextFor(asker, clock)),
    async events(tenantId) {
      await running.store.outbox.pending(10_000);
      const rows = await admin.db(database).collection('outbox').find({ tenantId }).sort({ order: 1 }).toArray();
      return rows.map((row) => JSON.parse(String(row['body'])) as EventEnvelope<Record<string, unknown>>);
    },
    raw: (collection) => admin.db(database).collection(collection).find().toArray(),
    edit: async (collection, id, update) => void (await admin.db(database).collection<{ _id: string }>(collection).updateOne({ _id: id }, update)),
    unseal: (recipient, bound, sealed) => keys.unseal(recipient, bound, sealed),
    [Symbol.asyncDispose]: close,
  };
}
