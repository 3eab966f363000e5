import { randomUUID } from 'node:crypto';
import type { EventContract, EventEnvelope } from '@haat/schema/event';
import { asking, type AnswerAsk } from '@haat/kit/ask';
import { systemClock, type Clock } from '@haat/kit/clock';
import { readConfig } from '@haat/kit/config';
import { effectOf } from '@haat/kit-run/consumer';
import type { JobScope } from '@haat/kit/define';
import { makeLog } from '@haat/kit/log';
import { systemContextOf, txOf, type ContextParts } from '@haat/kit/request-context';
import { readSealingKeys, type SealingKeys } from '@haat/kit/sealing-keys';
import type { OperationAnswer } from '@haat/kit/server';
import { readSigningKey, signContext } from '@haat/kit/signing';
import { startSubgraph, type RunningSubgraph } from '@haat/kit-run/start';
import type { Applied } from '@haat/kit/store';
import { testMongoUrl } from '@haat/kit-mongo/testing/mongo-testing';
import { contextFor, type TestAsker } from '@haat/kit/testing/test-asker';
import { testKeys } from '@haat/kit/testing/test-keys';
import { MongoClient, type Document } from 'mongodb';
import { notificationsConfig } from '../config.js';
import { notifications } from '../subgraph.js';
import { speaking, type Speaking } from './neighbours.js';

/** What identity answers of somebody. */
export interface KnownContact {
  readonly userId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly locale: string;
}

/** How notifications is started for a test. */
export interface TestNotificationsOptions {
  readonly smtpUrl?: string;
  readonly clock?: Clock;
}

/** Notifications with a database and keys of a test's own, on the test run's MongoDB and mail catcher. */
export interface TestNotifications extends AsyncDisposable, Speaking {
  readonly running: RunningSubgraph;
  /** The environment it was started with, to start another process on the same database. */
  readonly env: Readonly<Record<string, string>>;
  /** Every line that it logged, from the least important on. */
  readonly log: readonly string[];
  /** Another one on the same database, as another process would have; closed with this one. */
  again(): Promise<RunningSubgraph>;
  /** What a job gets, whether or not this process leads. */
  readonly jobScope: JobScope;
  ask<D = Record<string, unknown>>(asker: TestAsker, query: string, variables?: Record<string, unknown>): Promise<OperationAnswer & { readonly data?: D | null }>;
  /** Whom identity knows, by their ids. */
  readonly contacts: Map<string, KnownContact>;
  /** Encrypts as any neighbour could. */
  readonly seal: SealingKeys['seal'];
  /** Applies an event as a consumer would. */
  hear(envelope: EventEnvelope, contract: EventContract): Promise<Applied>;
  /** What lies in a collection, past every wall. */
  raw(collection: string): Promise<Document[]>;
  edit(collection: string, id: string, update: Document): Promise<void>;
}

/** Starts it. */
export async function startTestNotifications(options: TestNotificationsOptions = {}): Promise<TestNotifications> {
  const clock = options.clock ?? systemClock;
  const keys = await testKeys(['notifications', 'gateway', 'identity', 'tenants']);
  const env: Record<string, string> = {
    ...keys.envOf('notifications'), MONGO_URL: testMongoUrl(), MONGO_DATABASE: `test_${randomUUID().replaceAll('-', '')}`,
    SMTP_URL: options.smtpUrl ?? testSmtpUrl(), MAIL_FROM: 'no-reply@haat.example', LINK_BASE: 'http://{slug}.localhost:3000',
  };
  const lines: string[] = [];
  const log = makeLog('notifications', 'trace', { write: (line) => void lines.push(line) });
  const contacts = new Map<string, KnownContact>();
  const localAnswers = new Map([['identity', answerContacts(contacts)]]);
  const start = (): Promise<RunningSubgraph> => startSubgraph(notifications, { env, clock, log, localAnswers });
  const opened = [await start()];
  const running = opened[0] as RunningSubgraph;
  const sealing = readSealingKeys(env['HAAT_SEALING_KEY'] ?? '', env['HAAT_SEALING_PUBLIC_KEYS'] ?? '');
  const gateway = await readSigningKey(keys.envOf('gateway').HAAT_SIGNING_KEY);
  const parts = { definition: notifications, config: readConfig(notificationsConfig, env), store: running.store, clock, log, sealing, asking: asking({ key: gateway, clock, local: localAnswers }) };
  const admin = new MongoClient(env['MONGO_URL'] ?? '');
  const database = admin.db(env['MONGO_DATABASE']);
  const hear = hearing(parts);
  return {
    running, env, log: lines, contacts, hear,
    jobScope: jobScopeOf(parts),
    seal: sealing.seal,
    ...speaking({ hear, seal: sealing.seal, clock }),
    async again() {
      const another = await start();
      opened.push(another);
      return another;
    },
    async ask<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}) {
      const contextToken = await signContext(gateway, 'notifications', contextFor(asker, clock), { now: clock.now() });
      return running.execute({ query, variables, contextToken }) as Promise<OperationAnswer & { data?: D | null }>;
    },
    raw: (collection) => database.collection(collection).find().toArray(),
    edit: async (collection, id, update) => void (await database.collection<{ _id: string }>(collection).updateOne({ _id: id }, update)),
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((each) => each.close()));
      await database.dropDatabase();
      await admin.close();
    },
  };
}

/** Applies events as a consumer would. */
function hearing(parts: ContextParts): TestNotifications['hear'] {
  const effect = effectOf((unit, tenantId, envelope) => txOf(systemContextOf(parts, tenantId, envelope), unit, notifications));
  return async (envelope, contract) => {
    const consumer = (notifications.consumers ?? []).find((each) => each.contract.key === contract.key);
    if (!consumer) throw new Error(`Nobody hears ${contract.key}.`);
    return parts.store.inbox.apply(consumer.name, envelope, 'notifications', (unit) => effect(unit, consumer, envelope));
  };
}

function jobScopeOf(parts: ContextParts): JobScope {
  const { clock, log, config, store } = parts;
  return {
    clock, log, config, signal: new AbortController().signal,
    sweep: store.sweep,
    sweepDue: store.sweepDue,
    inTenant: (tenantId, work) => store.inTenant(tenantId, () => work(systemContextOf(parts, tenantId) as never)),
  };
}

/** Identity, for contacts: it knows who the test says. */
function answerContacts(contacts: ReadonlyMap<string, KnownContact>): AnswerAsk {
  return async (_key, { body }) => {
    const { userIds } = JSON.parse(body) as { readonly userIds: readonly string[] };
    return JSON.stringify({ ok: { contacts: userIds.flatMap((userId) => contacts.get(userId) ?? []) } });
  };
}

/** The mail server of the test run. */
export function testSmtpUrl(): string {
  const url = process.env['HAAT_TEST_SMTP_URL'];
  if (!url) throw new Error('These tests need a mail catcher at HAAT_TEST_SMTP_URL: run npm test, which starts one.');
  return url;
}
