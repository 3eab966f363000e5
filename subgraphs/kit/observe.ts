import { askSeconds, outcomeOf, requestSeconds } from './meters.js';
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

/** What an operation is, by its text as the gateway's planner writes it. */
export function kindOf(query: string): ObservedRequest['kind'] {
  if (query.startsWith('mutation')) return 'mutation';
  return query.includes('_entities') ? 'entities' : 'query';
}
