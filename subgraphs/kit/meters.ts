import { counter, timer } from './meter.js';
import { Refusal } from './refusal.js';

/** How a call ended, as a label: `ok`, a refusal's code, or `failed`. */
export function outcomeOf(error: unknown): string {
  return error instanceof Refusal ? error.code : 'failed';
}

/** Requests that a subgraph or the gateway answered. `operation` is query, mutation, entities, ask or route; never a text of a client. */
export const requestSeconds = timer({
  name: 'haat_request_seconds', description: 'Time to answer a request.', labels: ['subgraph', 'operation', 'outcome'],
});

/** Asks put to another subgraph, by contract. */
export const askSeconds = timer({ name: 'haat_ask_seconds', description: 'Time until an ask was answered.', labels: ['subgraph', 'contract', 'outcome'] });

/** Events that a consumer took: applied, duplicate, stale, parked, buried, or left to the next runner. */
export const eventSeconds = timer({ name: 'haat_event_seconds', description: 'Time to apply an event.', labels: ['subgraph', 'consumer', 'outcome'] });

/** How old an event was once it was applied: how far a consumer is behind. */
export const eventAgeSeconds = timer({ name: 'haat_event_age_seconds', description: 'Age of an event when it was applied.', labels: ['subgraph', 'consumer'] });

/** Events that a relay gave to the broker: published or failed. */
export const relayedEvents = counter({ name: 'haat_relayed_events', description: 'Events that left an outbox.', labels: ['subgraph', 'outcome'] });

/** Runs of a job. */
export const jobSeconds = timer({ name: 'haat_job_seconds', description: 'Time that a run of a job took.', labels: ['subgraph', 'job', 'outcome'] });

/** Transactions begun again because the database asked for it. */
export const transactionRetries = counter({ name: 'haat_transaction_retries', description: 'Transactions that ran again.', labels: ['subgraph', 'reason'] });

/** What a backlog gauge measures: events that wait in an outbox, as its relay last saw them. */
export const outboxBacklog = { name: 'haat_outbox_backlog', description: 'Events that wait in an outbox.', labels: ['subgraph'] } as const;

/** What a breaker's gauge measures: 0 closed, 1 half open, 2 open. */
export const breakerState = { name: 'haat_breaker_state', description: 'State of a breaker: 0 closed, 1 half open, 2 open.', labels: ['breaker'] } as const;
