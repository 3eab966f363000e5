import { context, createContextKey, isSpanContextValid, SpanKind, SpanStatusCode, trace, TraceFlags, type Attributes, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { Refusal } from './refusal.js';

/** What is known as a span begins. Everything else is an attribute; values are bounded, and no personal data. */
export interface SpanFacts {
  /** The tenant that the work is done for; work inside it takes it over. */
  readonly tenant?: string;
  /** W3C Trace Context of whoever caused this, where that was in another process, event or request. */
  readonly traceparent?: string;
  readonly kind?: 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';
  readonly attributes?: Attributes;
}

/** Where the tenant stands in a trace's context; telemetry.ts writes it onto each span that begins there. */
export const tenantKey = createContextKey('haat.tenant');

/** W3C Trace Context level 1: version, trace id, parent id, flags. */
const traceparentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

let isTracing = false;

/** Says whether spans are exported; telemetry.ts does. */
export function switchTracing(on: boolean): void {
  isTracing = on;
}

/**
 * Runs `work` as one span named by what is done, such as `ask inventory.reserve`: names are few, ids are attributes.
 * What it throws marks the span as failed and is thrown on; a refusal is an answer, and does not. Free when nothing is
 * exported: `work` is just called.
 */
export async function span<T>(name: string, facts: SpanFacts, work: (span: Span | undefined) => Promise<T>): Promise<T> {
  if (!isTracing) return work(undefined);
  const begun = trace.getTracer('haat').startSpan(name, { kind: SpanKind[facts.kind ?? 'INTERNAL'], attributes: facts.attributes }, contextFor(facts));
  try {
    return await context.with(trace.setSpan(contextFor(facts), begun), () => work(begun));
  } catch (error) {
    begun.setAttribute('haat.code', error instanceof Refusal ? error.code : 'INTERNAL');
    if (!(error instanceof Refusal)) begun.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
    throw error;
  } finally {
    begun.end();
  }
}

/** The `traceparent` to send along; undefined where nothing is traced, and the one that came is to be passed on as it is. */
export function currentTraceparent(): string | undefined {
  const at = isTracing ? trace.getSpanContext(context.active()) : undefined;
  if (!at || !isSpanContextValid(at)) return undefined;
  return `00-${at.traceId}-${at.spanId}-${(at.traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
}

/** Reads a `traceparent`; undefined where it is none. It comes from outside, so nothing else of it is believed. */
export function readTraceparent(text: string | undefined): SpanContext | undefined {
  const parts = traceparentPattern.exec(text ?? '');
  const [, traceId = '', spanId = '', flags = '00'] = parts ?? [];
  const at = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(at) ? at : undefined;
}

function contextFor(facts: SpanFacts): Context {
  const remote = readTraceparent(facts.traceparent);
  const active = context.active();
  // Inside a span of this process, that one is the parent: it knows the remote one already.
  const parent = remote && !trace.getSpan(active) ? trace.setSpanContext(active, remote) : active;
  return facts.tenant === undefined ? parent : parent.setValue(tenantKey, facts.tenant);
}
