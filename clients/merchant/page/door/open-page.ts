import { QueryClient } from '@tanstack/react-query';
import { transport, type Transport } from '@haat/transport-client/transport';
import { keptTheme, type Theme } from '../look/theme.js';
import { onceKey } from '../parts/use-once-key.js';
import { oneAtATime } from '../session/one-at-a-time.js';
import { openSession, type Session } from '../session/session.js';
import { keptLanguage, type KeptLanguage } from '../words/kept-language.js';
import { firstState, nextState, type ConnectionEvent, type ConnectionState } from './connection-state.js';
import { kept, type Kept } from './kept.js';
import { isNobodysHost } from './marketplace-here.js';
import { Refused } from './refused.js';
import { browserStorage, type Storage } from './storage.js';
import { watchedSocket } from './watched-socket.js';

/** Everything that lives as long as the page. */
export interface OpenPage {
  readonly door: Transport;
  readonly session: Session;
  readonly connection: Kept<ConnectionState>;
  readonly queries: QueryClient;
  readonly speaking: KeptLanguage;
  readonly theme: Kept<Theme>;
  /** The marketplace by its short name, where the host does not say it; undefined where it does. */
  readonly marketplace: Kept<string> | undefined;
  readonly storage: Storage;
  tell(kind: ConnectionEvent['kind']): void;
  /** The headers of the door, for what is no GraphQL. */
  headers(): Promise<Record<string, string>>;
}

const marketplaceName = 'haat.marketplace';
/** A question that met a network failure is asked again so often, beside the tries of the transport. */
const triesMax = 3;

/** Opens it: the door with the session's tokens, one socket for all that is live, and what was asked so far. */
export function openPage(): OpenPage {
  const storage = browserStorage();
  const speaking = keptLanguage(storage);
  const marketplace = isNobodysHost(location.hostname) ? kept(storage.read(marketplaceName) ?? '', (slug) => storage.write(marketplaceName, slug)) : undefined;
  const connection = kept(firstState(navigator.onLine));
  const tell = (kind: ConnectionEvent['kind']): void => connection.set(nextState(connection.value, { kind, at: new Date() }));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: mayAskAgain, retryDelay: againAfterMs, staleTime: 30_000, networkMode: 'always' }, mutations: { networkMode: 'always' } } });
  const told = () => ({ 'accept-language': speaking.value, ...(marketplace && { 'x-haat-tenant': marketplace.value }) });
  const url = new URL('/graphql', location.href).href;
  // Headers are read anew for each request: language and marketplace may have changed.
  const plain = transport({ url, get headers() { return told(); } });
  const session = openSession({ plain, own: () => door, storage, alone: oneAtATime, now: () => Date.now(), newKey: onceKey });
  const WebSocket = watchedSocket((news) => {
    if (news === 'begun') void queries.invalidateQueries();
    tell(news);
  });
  const door: Transport = transport({ url, get headers() { return told(); }, token: ({ isRefused }) => session.accessToken(isRefused), WebSocket });
  addEventListener('online', () => tell('online'));
  addEventListener('offline', () => tell('offline'));
  void session.begin();
  return {
    door, session, connection, queries, speaking, theme: keptTheme(storage), marketplace, storage, tell,
    async headers() {
      const token = await session.accessToken(false);
      return { ...told(), ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    },
  };
}

/** Refusals that pass. */
const passing = new Set(['RATE_LIMITED', 'SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED']);

/** A refusal stays one, but for those that pass; what did not arrive may the next time. */
function mayAskAgain(failures: number, error: unknown): boolean {
  return failures < triesMax && (!(error instanceof Refused) || passing.has(error.code));
}

/** As long as the door says, else longer each time, in milliseconds. */
function againAfterMs(failures: number, error: unknown): number {
  return (error instanceof Refused ? error.retryAfterMs : undefined) ?? 1_000 * 2 ** failures;
}
