import { context, trace } from '@opentelemetry/api';
import type { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { gauge, switchMeter } from './meter.js';
import { switchTracing, tenantKey } from './span.js';

/** Between two exports of metrics, in milliseconds. */
const exportEveryMs = 15_000;

/** How long the last export may take when the process ends, in milliseconds. */
const lastExportMs = 3_000;

/** Who measures and where to. */
export interface TelemetryOptions {
  /** The process: `haat` for the whole marketplace in one, else the subgraph's name or `gateway`. */
  readonly service: string;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT` is where traces and metrics go (OTLP over HTTP); nowhere, when absent. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A process's measuring. */
export interface Telemetry {
  /** All metrics in Prometheus's text format, for `/metrics`. */
  metricsText(): Promise<string>;
  /** Sends what is left, and stops. The last of several to close stops it. */
  close(): Promise<void>;
}

interface Running {
  readonly telemetry: Promise<{ metricsText(): Promise<string>; stop(): Promise<void> }>;
  users: number;
}

let running: Running | undefined;

/** The metrics of this process in Prometheus's text format; empty where nothing is measured. */
export async function renderMetrics(): Promise<string> {
  return running ? (await running.telemetry).metricsText() : '';
}

/**
 * Begins to measure. One per process, whoever calls first; later callers share it. The SDK is loaded here and not before,
 * and of it only what is used: without an endpoint there is no tracer, no exporter and no span.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  running ??= { telemetry: start(options), users: 0 };
  const mine = running;
  mine.users += 1;
  const { metricsText, stop } = await mine.telemetry.catch((error: unknown) => {
    if (running === mine) running = undefined;
    throw error;
  });
  let isOpen = true;
  return {
    metricsText,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      mine.users -= 1;
      if (mine.users > 0) return;
      if (running === mine) running = undefined;
      await stop();
    },
  };
}

async function start({ service, env }: TelemetryOptions): Promise<{ metricsText(): Promise<string>; stop(): Promise<void> }> {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT']?.replace(/\/+$/, '');
  const metering = await startMeter(service, endpoint);
  const stopTracing = endpoint ? await startTracing(service, endpoint) : async () => undefined;
  const stopWatching = gauge({ name: 'process_resident_memory_bytes', description: 'Memory that the process holds.', labels: [] }, () => [{ labels: {}, value: process.memoryUsage.rss() }]);
  return {
    metricsText: metering.text,
    async stop() {
      stopWatching();
      switchMeter(undefined);
      await Promise.allSettled([stopTracing(), metering.provider.shutdown({ timeoutMillis: lastExportMs })]);
    },
  };
}

async function startMeter(service: string, endpoint: string | undefined): Promise<{ provider: MeterProvider; text(): Promise<string> }> {
  const [{ MeterProvider }, { PrometheusExporter, PrometheusSerializer }] = await Promise.all([import('@opentelemetry/sdk-metrics'), import('@opentelemetry/exporter-prometheus')]);
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer('', false, undefined, false, true);
  const provider = new MeterProvider({ resource: await resourceOf(service), readers: [reader, ...(endpoint ? [await pushing(endpoint)] : [])] });
  switchMeter(provider.getMeter('haat'));
  return { provider, text: async () => serializer.serialize((await reader.collect()).resourceMetrics) };
}

async function pushing(endpoint: string): Promise<MetricReader> {
  const [{ PeriodicExportingMetricReader }, { OTLPMetricExporter }] = await Promise.all([import('@opentelemetry/sdk-metrics'), import('@opentelemetry/exporter-metrics-otlp-http')]);
  const exporter = new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` });
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: exportEveryMs, exportTimeoutMillis: lastExportMs });
}

async function startTracing(service: string, endpoint: string): Promise<() => Promise<unknown>> {
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/context-async-hooks'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: lastExportMs });
  const provider = new BasicTracerProvider({ resource: await resourceOf(service), spanProcessors: [tenantOnEach, new BatchSpanProcessor(exporter)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  switchTracing(true);
  return async () => {
    switchTracing(false);
    trace.disable();
    context.disable();
    await provider.shutdown();
  };
}

/** Writes the tenant of the surrounding context onto each span, whoever begins it: the gateway's library does, too. */
const tenantOnEach: SpanProcessor = {
  onStart(span, parent) {
    const tenant = parent.getValue(tenantKey);
    if (typeof tenant === 'string') span.setAttribute('haat.tenant', tenant);
  },
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};

async function resourceOf(service: string) {
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  return resourceFromAttributes({ 'service.name': service, 'service.namespace': 'haat' });
}
