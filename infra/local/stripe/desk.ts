import type { AccountBooks } from './account-books.js';
import type { Faults } from './faults.js';
import type { Webhooks } from './webhooks/webhooks.js';

/** A request that was made of the simulated Stripe, as it was noted. */
export interface NotedRequest {
  readonly id: string;
  /** The account's name; null where the key was none's. */
  account: string | null;
  readonly method: string;
  readonly path: string;
  /** Parameters, as they came. */
  readonly params: object;
  readonly idempotencyKey: string | null;
  readonly version: string | null;
  /** 0 where the connection was dropped. */
  status: number;
  /** The answer was one from before. */
  isReplayed: boolean;
}

/** All that the simulator has. */
export interface Desk {
  readonly accounts: ReadonlyMap<string, AccountBooks>;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** The latest requests, the oldest first. */
  readonly requests: NotedRequest[];
  /** Keys whose requests are being worked on. */
  readonly inWork: Set<string>;
}

const requestsMax = 5_000;

/** Notes a request. */
export function note(desk: Desk, request: NotedRequest): NotedRequest {
  desk.requests.push(request);
  if (desk.requests.length > requestsMax) desk.requests.shift();
  return request;
}
