import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

/** A payload as a feed gives it. */
export interface LivePayload {
  readonly data?: Record<string, Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: { readonly cursor?: string; readonly gap?: { readonly reason: string } };
}

/** A feed as a client sees it: everything that came, and how it ended. */
export interface ListenedFeed {
  readonly payloads: LivePayload[];
  /** `completed`, the errors, or the close event; undefined while it goes on. */
  readonly ended: () => unknown;
  stop(): void;
}

/** A client of graphql-ws's own making, which never comes back by itself. */
export interface ForeignClient {
  readonly client: Client;
  /** Begins a subscription. */
  listen(query: string, variables?: Record<string, unknown>): ListenedFeed;
  /** The cursors that pings brought, one set after the other: the first ones say that subscriptions have begun. */
  readonly told: Readonly<Record<string, string>>[];
  close(): Promise<void>;
}

/** Makes it. */
export function foreignClient(url: string, connectionParams: Record<string, unknown>): ForeignClient {
  const told: Record<string, string>[] = [];
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazy: true,
    on: { ping: (_, payload) => void (payload?.['cursors'] !== undefined && told.push(payload['cursors'] as Record<string, string>)) },
  });
  return {
    client, told,
    listen(query, variables = {}) {
      const payloads: LivePayload[] = [];
      let ended: unknown;
      const stop = client.subscribe<LivePayload['data']>({ query, variables }, {
        next: (payload) => void payloads.push(payload as LivePayload),
        error: (error) => { ended = error; },
        complete: () => { ended ??= 'completed'; },
      });
      return { payloads, stop, ended: () => ended };
    },
    close: async () => client.dispose(),
  };
}
