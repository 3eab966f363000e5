import { askSeconds, eventAgeSeconds, eventSeconds, outcomeOf, requestSeconds } from './meters.js';
import { span } from './span.js';

/** A request as it is counted: never by tenant, viewer or id; the tenant is on its span. */
export interface ObservedRequest {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'entities' | 'route';
  readonly tenant: string;
  readonly traceparent?: string;
}

/** Runs a request as one span, and keeps how long it took and how it ended. */
export function observeRequest<T>({ subgraph, kind, tenant, traceparent }: ObservedRequest, work: () => Promise<T>): Promise<T> {
  const labels = { subgraph, operation: kind };
  return requestSeconds.time(labels, () => span(`${subgraph} ${kind}`, { tenant, traceparent, kind: 'SERVER' }, work), outcomeOf);
}

/** Runs an ask from the asker's side as one span. */
export function observeAsk<T>(subgraph: string, contract: string, tenant: string, work: () => Promise<T>): Promise<T> {
  return askSeconds.time({ subgraph, contract }, () => span(`ask ${contract}`, { tenant, kind: 'CLIENT' }, work), outcomeOf);
}

/** An event as it is counted, and whose trace it goes on. */
export interface ObservedEvent {
  readonly subgraph: string;
  readonly consumer: string;
  readonly tenant?: string;
  readonly traceparent?: string;
  /** How old it is by now, in milliseconds. */
  ageMs(): number | undefined;
}

/** Runs what a consumer does with an event as one span of the trace that caused it, and keeps how long it took and what became of it. */
export async function observeEvent<O extends string>({ subgraph, consumer, tenant, traceparent, ageMs }: ObservedEvent, work: () => Promise<O>): Promise<O> {
  const startedAt = performance.now();
  const outcome = await span(`event ${consumer}`, { tenant, traceparent, kind: 'CONSUMER' }, work);
  eventSeconds.record({ subgraph, consumer, outcome }, (performance.now() - startedAt) / 1_000);
  const age = outcome === 'applied' ? ageMs() : undefined;
  if (age !== undefined) eventAgeSeconds.record({ subgraph, consumer }, Math.max(0, age) / 1_000);
  return outcome;
}

/** What an operation is, by its text as the gateway's planner writes it. */
export function kindOf(query: string): ObservedRequest['kind'] {
  if (query.startsWith('mutation')) return 'mutation';
  return query.includes('_entities') ? 'entities' : 'query';
}
