import type { Context } from './context.js';

/** A request as a route sees it: the body raw, since signatures are over bytes. */
export interface RouteRequest {
  readonly method: string;
  /** Behind `/hooks/<subgraph>`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** At most the route's `bodyBytesMax`; more is answered with 413 before the route is called. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a route answers. */
export interface RouteResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A subgraph's own HTTP endpoint, reached through the gateway at `/hooks/<subgraph>/…`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Such as `/stripe/:tenant` or `/imports/:id`. */
  readonly path: string;
  readonly bodyBytesMax: number;
  /**
   * `provider`: the last path segment is the tenant's slug, nobody is the viewer, the route checks the provider's signature.
   * `viewer`: tenant from the host, a token needed.
   */
  readonly caller: 'provider' | 'viewer';
  readonly answer: (ctx: Context<never, never, never>, request: RouteRequest, parameters: Readonly<Record<string, string>>) => Promise<RouteResponse>;
}
