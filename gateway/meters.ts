import { counter, timer } from '@haat/kit/meter';

/** How long requests at the door took. `door` is `graphql` or the subgraph whose hook it was. */
export const requestSeconds = timer({ name: 'haat_gateway_request_seconds', description: 'Time from a request to its answer at the public door.', labels: ['door', 'status'] });

/** How long calls to subgraphs took, as the gateway saw it. `outcome` is `ok` or a code. */
export const fetchSeconds = timer({ name: 'haat_gateway_fetch_seconds', description: 'Time of one call from the gateway to a subgraph.', labels: ['subgraph', 'outcome'] });

/** Operations that were refused because too much was asked for in a short time. `by` is viewer, address or tenant. */
export const rateRefusals = counter({ name: 'haat_gateway_rate_refusals', description: 'Operations refused by a rate limit.', labels: ['by'] });

/** Whether a subgraph's breaker lets calls through: 0 yes, 1 one to try, 2 none. */
export const breakerStates = { name: 'haat_gateway_breaker_state', description: 'State of a subgraph\'s breaker: 0 closed, 1 half open, 2 open.', labels: ['subgraph'] } as const;

/** What had to be made of an operation's text because it was not kept: a client that sends ever new texts shows here. */
export const made = counter({ name: 'haat_gateway_made', description: 'Sizes, documents and plans made of operations that were not known.', labels: ['what'] });
