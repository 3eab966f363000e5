import { randomUUID } from 'node:crypto';
import type { EventContract, EventEnvelope } from '@haat/schema/event';
import { mailSecretIssued } from '@haat/schema/events/identity';
import { tenantOpened } from '@haat/schema/events/tenants';
import { vendorMemberInvited } from '@haat/schema/events/vendors';
import { asking } from '@haat/kit/ask';
import { systemClock, type Clock } from '@haat/kit/clock';
import { readConfig } from '@haat/kit/config';
import { effectOf } from '@haat/kit-run/consumer';
import type { JobScope } from '@haat/kit/define';
import { newId } from '@haat/kit/id';
import { makeLog } from '@haat/kit/log';
import type { MongoRuntime } from '@haat/kit-mongo/mongo-runtime';
import type { TenantFacts } from '@haat/kit/identity';
import { systemContextOf, txOf } from '@haat/kit/request-context';
import { readSealingKeys } from '@haat/kit/sealing-keys';
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

/** What identity would have mailed. */
export interface WantedMail {
  readonly kind?: 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'INVITATION' | 'SIGN_IN_CODE' | 'ALREADY_REGISTERED';
  readonly to: string;
  readonly name?: string;
  readonly secret?: string;
  readonly locale?: string;
  readonly expiresAt?: Date;
  readonly userId?: string;
}

/** How notifications is started for a test. */
export interface TestNotificationsOptions {
  readonly smtpUrl?: string;
  readonly clock?: Clock;
}

/** Notifications with a database and keys of a test's own, on the test run's MongoDB and mail catcher. */
export interface TestNotifications extends AsyncDisposable {
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
  /** Applies an event as a consumer would. */
  hear(envelope: EventEnvelope, contract: EventContract): Promise<Applied>;
  /** Makes a marketplace known. */
  open(tenant: TenantFacts, facts?: { readonly name?: string; readonly status?: 'OPEN' | 'CLOSED' }): Promise<void>;
  /** The event by which identity has a mail sent. */
  wanted(tenant: TenantFacts, mail: WantedMail): Promise<EventEnvelope>;
  /** Has a mail sent; answers the event. */
  mail(tenant: TenantFacts, mail: WantedMail): Promise<EventEnvelope>;
  /** Has somebody invited to work for a vendor, as vendors would; answers the event. */
  invite(tenant: TenantFacts, invitation: { readonly to: string; readonly secret: string; readonly vendorName: string; readonly locale: string }): Promise<EventEnvelope>;
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
  const start = (): Promise<RunningSubgraph> => startSubgraph(notifications, { env, clock, log });
  const opened = [await start()];
  const running = opened[0] as RunningSubgraph;
  const sealing = readSealingKeys(env['HAAT_SEALING_KEY'] ?? '', env['HAAT_SEALING_PUBLIC_KEYS'] ?? '');
  const gateway = await readSigningKey(keys.envOf('gateway').HAAT_SIGNING_KEY);
  const parts = { definition: notifications, config: readConfig(notificationsConfig, env), store: running.store, clock, log, sealing, asking: asking({ key: gateway, clock, local: new Map() }) };
  const effect = effectOf((unit, tenantId, envelope) => txOf(systemContextOf(parts, tenantId, envelope), unit, notifications));
  const admin = new MongoClient(env['MONGO_URL'] ?? '');
  const database = admin.db(env['MONGO_DATABASE']);

  const test: TestNotifications = {
    running, env, log: lines,
    jobScope: {
      clock, log, config: parts.config, signal: new AbortController().signal,
      sweep: running.store.sweep,
      sweepDue: (running.store as MongoRuntime).sweepDue,
      inTenant: (tenantId, work) => running.store.inTenant(tenantId, () => work(systemContextOf(parts, tenantId) as never)),
    },
    async again() {
      const another = await start();
      opened.push(another);
      return another;
    },
    async ask<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}) {
      const contextToken = await signContext(gateway, 'notifications', contextFor(asker, clock), { now: clock.now() });
      return running.execute({ query, variables, contextToken }) as Promise<OperationAnswer & { data?: D | null }>;
    },
    hear(envelope, contract) {
      const consumer = (notifications.consumers ?? []).find((each) => each.contract.key === contract.key);
      if (!consumer) throw new Error(`Nobody hears ${contract.key}.`);
      return running.store.inbox.apply(consumer.name, envelope, 'notifications', (unit) => effect(unit, consumer, envelope));
    },
    async open(tenant, { name = 'Acme Bazaar', status = 'OPEN' } = {}) {
      const { id: tenantId, slug, currency, locales, timeZone } = tenant;
      const payload = { tenantId, slug, name, status, currency, locales: [...locales], timeZone, plan: 'FREE', features: [], limits: {}, hosts: [] };
      await test.hear(envelopeFor(tenantOpened, tenantId, { id: tenantId, version: 1 }, payload, clock), tenantOpened);
    },
    async wanted(tenant, { kind = 'VERIFY_EMAIL', to, name, secret, locale = 'en', expiresAt, userId }) {
      const sealed = await sealing.seal('notifications', { tenantId: tenant.id, purpose: mailSecretIssued.key }, { to, name: name ?? null, secret });
      const endsAt = expiresAt ?? new Date(clock.now().getTime() + 3_600_000);
      return envelopeFor(mailSecretIssued, tenant.id, { id: newId('mail'), version: 1 }, { kind, userId, locale, expiresAt: endsAt.toISOString(), sealed }, clock);
    },
    async mail(tenant, mail) {
      const envelope = await test.wanted(tenant, mail);
      await test.hear(envelope, mailSecretIssued);
      return envelope;
    },
    async invite(tenant, { to, secret, ...words }) {
      const envelope = invitationOf(tenant.id, { ...words, sealed: await sealing.seal('notifications', { tenantId: tenant.id, purpose: vendorMemberInvited.key }, { to, name: null, secret }) }, clock);
      return test.hear(envelope, vendorMemberInvited).then(() => envelope);
    },
    raw: (collection) => database.collection(collection).find().toArray(),
    edit: async (collection, id, update) => void (await database.collection<{ _id: string }>(collection).updateOne({ _id: id }, update)),
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((each) => each.close()));
      await database.dropDatabase();
      await admin.close();
    },
  };
  return test;
}

/** The mail server of the test run. */
export function testSmtpUrl(): string {
  const url = process.env['HAAT_TEST_SMTP_URL'];
  if (!url) throw new Error('These tests need a mail catcher at HAAT_TEST_SMTP_URL: run npm test, which starts one.');
  return url;
}

/** The event by which vendors has somebody invited, good for an hour. */
function invitationOf(tenantId: string, words: { readonly vendorName: string; readonly locale: string; readonly sealed: string }, clock: Clock): EventEnvelope {
  const [memberId, vendorId] = [newId('vmem'), newId('ven')];
  const expiresAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
  return envelopeFor(vendorMemberInvited, tenantId, { id: memberId, version: 1 }, { memberId, vendorId, expiresAt, ...words }, clock);
}

/** An event as another subgraph would say it. */
export function envelopeFor<P>(contract: EventContract<P>, tenantId: string, aggregate: { readonly id: string; readonly version: number }, payload: P, clock: Clock = systemClock): EventEnvelope<P> {
  return {
    id: newId('evt'), type: `${contract.producer}.${contract.name}`, version: contract.version, tenantId,
    aggregate: { type: contract.aggregate, ...aggregate }, occurredAt: clock.now().toISOString(), actor: `system:${contract.producer}`, payload,
  };
}
