import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { onBoundary } from '@haat/kit/boundary';
import { startTelemetry } from '@haat/kit/telemetry';
import type { Consumers } from './consumer.js';
import { newId } from '@haat/kit/id';
import { natsPermissionsOf } from '@haat/kit/nats-permissions';
import { relayPollMs, type Relay } from './relay.js';
import { eventually } from '@haat/kit/testing/eventually';
import { thingChanged, thingEnded } from './testing/thing-events.js';
import { openHearer, openSayer, type Hearer, type Sayer } from './testing/nats-fixture.js';
import { testNats, type TestNats } from '@haat/kit/testing/nats';
import { testDatabase, type TestDatabase } from '@haat/kit-postgres/testing/postgres';
import { streamedEvents } from './testing/recorded-events.js';

describe('From outbox to inbox', () => {
  let nats: TestNats;
  let database: TestDatabase;
  let sayer: Sayer;
  let other: Sayer;
  let hearer: Hearer;
  let relays: Relay[] = [];
  let consumers: Consumers;

  beforeAll(async () => {
    database = await testDatabase();
    const env = await database.envFor('sayer');
    [sayer, other] = [await openSayer(env), await openSayer(env)];
    hearer = await openHearer(await database.envFor('hearer'));
    nats = await testNats([
      { name: 'sayer', ...natsPermissionsOf({ name: 'sayer', says: [thingChanged, thingEnded] }) },
      { name: 'hearer', ...natsPermissionsOf(hearer.definition) },
    ]);
    relays = [sayer.relay(await nats.link('sayer'))];
    consumers = hearer.hear(await nats.link('hearer'));
  });

  afterAll(async () => {
    await Promise.all([consumers, ...relays].map((part) => part?.close()));
    await nats?.close();
    await Promise.all([sayer, other, hearer].map((part) => part?.store.close()));
    await database?.drop();
  });

  test('an event said in a commit takes effect once, with its own message id, in its own tenant', async () => {
    const tenantId = newId('ten');
    await sayer.change(tenantId, 'a');
    await eventually(async () => (await effects(tenantId)).length === 1);
    const [said] = await streamedEvents(await connection('admin'), 'sayer', tenantId);
    expect(said).toMatchObject({ tenantId, type: 'sayer.thing-changed', version: 1, actor: 'system:sayer', payload: { value: 1 } });
    expect(await database.query('select stream_sequence, attempts from sayer.outbox where id = $1 and published_at is not null', [said?.id])).toHaveLength(1);
  });

  test('an event that another process committed is taken as soon, not at the next look', async () => {
    const tenantId = newId('ten');
    await eventually(async () => relays[0]?.counts().isLeading);
    const second = other.relay(await nats.link('sayer'));
    relays.push(second);
    for (let n = 1; n <= 3; n += 1) {
      await other.change(tenantId, 'elsewhere');
      await eventually(async () => (await effects(tenantId)).length === n, relayPollMs / 2);
    }
    expect(second.counts()).toMatchObject({ isLeading: false, published: 0 });
  });

  test('3,000 events of ten aggregates arrive in the order of each', async () => {
    const tenantId = newId('ten');
    await Promise.all(Array.from({ length: 10 }, async (_, n) => {
      for (let version = 1; version <= 300; version += 1) await sayer.change(tenantId, `many-${n}`);
    }));
    await eventually(async () => (await effects(tenantId)).length === 3_000, 60_000);
    const byAggregate = Map.groupBy(await effects(tenantId), (row) => row.aggregate_id);
    const inOrder = Array.from({ length: 300 }, (_, n) => n + 1);
    for (const rows of byAggregate.values()) expect(rows.map((row) => row.aggregate_version)).toEqual(inOrder);
  }, 120_000);

  test('[OBS-04, OBS-07] what waits, is relayed and applied is counted, and a consumer goes on in the trace of the change', async () => {
    const spans = await collector();
    const telemetry = await startTelemetry({ service: 'testing', env: { OTEL_EXPORTER_OTLP_ENDPOINT: spans.url } });
    onTestFinished(() => telemetry.close());
    const [tenantId, held] = [newId('ten'), Promise.withResolvers<void>()];
    onBoundary((name) => (name === 'sayer/publish:before' ? held.promise : undefined));
    onTestFinished(() => {
      onBoundary(undefined);
      held.resolve();
    });
    await sayer.store.transaction({ tenantId, actor: 'system:sayer', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }, async (unit) => {
      for (const id of ['one', 'two', 'three']) await unit.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { value: 1 } });
    });
    await eventually(async () => (await telemetry.metricsText()).includes('haat_outbox_backlog{subgraph="sayer"} 3'));
    held.resolve();
    await eventually(async () => (await effects(tenantId)).length === 3);
    await eventually(async () => {
      const text = await telemetry.metricsText();
      const told = ['haat_outbox_backlog{subgraph="sayer"} 0', 'haat_relayed_events_total{subgraph="sayer",outcome="published"} 3', 'haat_event_seconds_count{subgraph="hearer",consumer="on-thing-changed",outcome="applied"} 3', 'haat_event_age_seconds_count{subgraph="hearer",consumer="on-thing-changed"} 3'];
      return told.every((line) => text.includes(line));
    });
    await telemetry.close();
    expect(spans.sent()).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ name: 'event on-thing-changed', traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) }) as unknown));
  });

  const connection = async (user: string) => {
    const link = await nats.link(user);
    return eventually(() => link.connection);
  };

  const effects = (tenantId: string) => database.query<{ aggregate_id: string; aggregate_version: number }>('select aggregate_id, aggregate_version from hearer.effect where tenant_id = $1 order by seq', [tenantId]);
});

/** Takes spans as an OTLP endpoint does. */
async function collector(): Promise<{ readonly url: string; sent(): unknown[] }> {
  const bodies: { resourceSpans: { scopeSpans: { spans: unknown[] }[] }[] }[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = await json(request);
    if (request.url === '/v1/traces') bodies.push(body as (typeof bodies)[number]);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => bodies.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))),
  };
}
