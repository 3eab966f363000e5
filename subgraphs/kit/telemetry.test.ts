import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invariant } from './invariant.js';
import { counter, gauge, labelValuesMax, timer } from './meter.js';
import { requestSeconds } from './meters.js';
import { notFound } from './refusal.js';
import { currentTraceparent, readTraceparent, span } from './span.js';
import { renderMetrics, startTelemetry, type Telemetry } from './telemetry.js';

interface SentSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number };
  attributes: { key: string; value: { stringValue?: string } }[];
}

const remote = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const sent = new Map<string, unknown[]>();
let collector: Server;
let endpoint: string;
let telemetry: Telemetry | undefined;

beforeEach(async () => {
  sent.clear();
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    sent.set(path, [...(sent.get(path) ?? []), JSON.parse(Buffer.concat(chunks).toString())]);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await telemetry?.close();
  collector.closeAllConnections();
  collector.close();
});

async function begin(withEndpoint: boolean): Promise<Telemetry> {
  telemetry = await startTelemetry({ service: 'probe', env: withEndpoint ? { OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` } : {} });
  return telemetry;
}

function sentSpans(): Map<string, SentSpan> {
  const bodies = (sent.get('/v1/traces') ?? []) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }[];
  return new Map(bodies.flatMap((b) => b.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans))).map((s) => [s.name, s]));
}

function spanNamed(name: string): SentSpan {
  const found = sentSpans().get(name);
  invariant(found, `No span ${name} was sent.`);
  return found;
}

const attribute = (of: SentSpan, key: string): string | undefined => of.attributes.find((a) => a.key === key)?.value.stringValue;

describe('traces', () => {
  it('go to the endpoint as one tree under the remote parent, the tenant on each span', async () => {
    const { close } = await begin(true);
    let inner: string | undefined;
    await span('outer', { tenant: 'ten_1', traceparent: remote, kind: 'SERVER', attributes: { 'haat.request': 'req_1' } }, () => span('inner', {}, async () => {
      inner = currentTraceparent();
    }));
    await close();
    const [outer, within] = [spanNamed('outer'), spanNamed('inner')];
    expect([outer.traceId, outer.parentSpanId]).toEqual(['a'.repeat(32), 'b'.repeat(16)]);
    expect([within.traceId, within.parentSpanId]).toEqual([outer.traceId, outer.spanId]);
    expect(inner).toBe(`00-${within.traceId}-${within.spanId}-01`);
    expect([attribute(outer, 'haat.tenant'), attribute(within, 'haat.tenant'), attribute(outer, 'haat.request')]).toEqual(['ten_1', 'ten_1', 'req_1']);
  });

  it('do not mix tenants of work that runs at the same time', async () => {
    const { close } = await begin(true);
    await Promise.all(['ten_1', 'ten_2', 'ten_3'].map((tenant) => span(`outer ${tenant}`, { tenant }, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await span(`inner ${tenant}`, {}, async () => undefined);
    })));
    await close();
    for (const tenant of ['ten_1', 'ten_2', 'ten_3']) expect(attribute(spanNamed(`inner ${tenant}`), 'haat.tenant')).toBe(tenant);
  });

  it('mark what failed, and not what was refused, without the message', async () => {
    const { close } = await begin(true);
    await expect(span('failing', {}, async () => { throw new TypeError('hunter2'); })).rejects.toThrow('hunter2');
    await expect(span('refusing', {}, async () => { throw notFound('order'); })).rejects.toThrow('No such order');
    await close();
    expect([spanNamed('failing').status.code, spanNamed('refusing').status.code]).toEqual([2, 0]);
    expect(attribute(spanNamed('refusing'), 'haat.code')).toBe('NOT_FOUND');
    expect(JSON.stringify([...sentSpans()])).not.toContain('hunter2');
  });

  it('cost nothing without an endpoint, and go nowhere', async () => {
    const { close } = await begin(false);
    expect(await span('quiet', { tenant: 'ten_1', traceparent: remote }, async (s) => [s, currentTraceparent()])).toEqual([undefined, undefined]);
    await close();
    expect(sent.size).toBe(0);
  });

  it('read a traceparent only where it is one', () => {
    expect(readTraceparent(remote)).toMatchObject({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
    for (const bad of [undefined, '', 'x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`, `${remote}\n`, `${remote}-x`, remote.toUpperCase(), `01${remote.slice(2)}`]) expect(readTraceparent(bad)).toBeUndefined();
  });
});

describe('metrics', () => {
  const seen = counter({ name: 'haat_probe_seen', description: 'Things seen by the probe.', labels: ['kind'] });
  const took = timer({ name: 'haat_probe_seconds', description: 'Time the probe took.', labels: ['kind', 'outcome'] });

  it('are readable as text without an endpoint, and begin anew with each start', async () => {
    seen.add({ kind: 'before' });
    const first = await begin(false);
    seen.add({ kind: 'a' }, 2);
    await took.time({ kind: 'a' }, async () => undefined);
    await expect(took.time({ kind: 'a' }, async () => { throw notFound('x'); }, () => 'refused')).rejects.toThrow();
    requestSeconds.record({ subgraph: 'probe', operation: 'query', outcome: 'ok' }, 0.003);
    const text = await first.metricsText();
    expect(text).toMatch(/# TYPE haat_probe_seen_total counter\nhaat_probe_seen_total\{kind="a"\} 2/);
    expect(text).toMatch(/haat_probe_seconds_count\{kind="a",outcome="ok"\} 1/);
    expect(text).toMatch(/haat_probe_seconds_count\{kind="a",outcome="refused"\} 1/);
    expect(text).toMatch(/haat_request_seconds_bucket\{subgraph="probe",operation="query",outcome="ok",le="0.005"\} 1/);
    expect(text).toMatch(/process_resident_memory_bytes \d+/);
    expect(text).not.toContain('before');
    await first.close();
    const second = await begin(false);
    seen.add({ kind: 'b' });
    expect(await second.metricsText()).toMatch(/haat_probe_seen_total\{kind="b"\} 1/);
    expect(await second.metricsText()).not.toContain('kind="a"');
  });

  it('are pushed to the endpoint, too', async () => {
    const { close } = await begin(true);
    seen.add({ kind: 'pushed' });
    await close();
    expect(JSON.stringify(sent.get('/v1/metrics'))).toContain('haat_probe_seen');
  });

  it('tell no more label values apart than the limit', async () => {
    const { metricsText } = await begin(false);
    const many = counter({ name: 'haat_probe_many', description: 'Many things at once.', labels: ['id'] });
    for (let i = 0; i < labelValuesMax + 50; i += 1) many.add({ id: `id-${i}-${'x'.repeat(200)}` });
    const lines = (await metricsText()).split('\n').filter((line) => line.startsWith('haat_probe_many_total{'));
    expect(lines).toHaveLength(labelValuesMax + 1);
    expect(lines.find((line) => line.includes('"other"'))).toMatch(/ 50$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(150);
  });

  it('look at gauges when they are asked for, and no more at those that stopped', async () => {
    const { metricsText } = await begin(false);
    const depth = { name: 'haat_probe_depth', description: 'How deep the probe is.', labels: ['place'] } as const;
    let value = 1;
    let looks = 0;
    const stop = gauge(depth, () => {
      looks += 1;
      return [{ labels: { place: 'here' }, value }];
    });
    gauge(depth, () => [{ labels: { place: 'there' }, value: 9 }]);
    value = 7;
    expect(await metricsText()).toMatch(/haat_probe_depth\{place="here"\} 7/);
    stop();
    const text = await metricsText();
    expect(text).toMatch(/haat_probe_depth\{place="there"\} 9/);
    expect(looks).toBe(1);
  });

  it('are shared by all who start them, and stop with the last', async () => {
    const first = await begin(false);
    const second = await startTelemetry({ service: 'other', env: {} });
    await first.close();
    await first.close();
    seen.add({ kind: 'still' });
    expect(await second.metricsText()).toContain('kind="still"');
    expect(await renderMetrics()).toContain('kind="still"');
    await second.close();
    expect(await renderMetrics()).toBe('');
  });
});
