import type { Clock } from '@haat/kit/clock';
import { deadlineExceeded, Refusal, type RefusalCode } from '@haat/kit/refusal';
import { contextHeader, signContext, type SigningKey } from '@haat/kit/signing';
import { currentTraceparent } from '@haat/kit/span';
import type { BreakerOptions } from '@haat/kit/breaker';
import { fetchSeconds } from './meters.js';
import type { OperationContext } from './operation-context.js';
import { aPart, subgraphBreakers } from './subgraph-breakers.js';

/** What is kept of the client's time for putting the answer together, in milliseconds: so that a slow part costs only itself. */
export const answerReserveMs = 250;

/** Prepares and times calls to subgraphs. */
export interface SubgraphRequests {
  /** The signed context for a subgraph of this process, the same for each call of one request. Empty when this gateway has no key. */
  sign(context: OperationContext, subgraph: string): Promise<string>;
  /** The same bound to the SHA-256 of one body, for what travels over a network. */
  signDigest(context: OperationContext, subgraph: string, digest: string): Promise<string>;
  /**
   * Runs one call within its own time and what is left of the client's, and records it. Refuses with `DEADLINE_EXCEEDED`,
   * and at once with `SUBGRAPH_UNAVAILABLE` while the subgraph's breaker is open. A change has all the time that its client has: given up
   * earlier it would go on all the same, and nobody would know what came of it.
   */
  timed<T>(context: OperationContext, subgraph: string, call: (signal: AbortSignal) => Promise<T>, isChange?: boolean): Promise<T>;
  close(): void;
}

/** How subgraphs are asked. */
export interface SubgraphRequestOptions {
  /** Without it nothing is signed: subgraphs that are not ours would not know what to do with it. */
  readonly key?: SigningKey;
  readonly clock: Clock;
  /** How long one call that changes nothing may take, in milliseconds, when the client would wait longer. */
  readonly timeoutMs: number;
  /** Where breakers differ from the kit's. */
  readonly breaker?: Pick<BreakerOptions, 'openMs'>;
}

/** Makes it. */
export function subgraphRequests({ key, clock, timeoutMs, breaker }: SubgraphRequestOptions): SubgraphRequests {
  const breakers = subgraphBreakers(breaker);
  const signed = async (context: OperationContext, subgraph: string, digest?: string): Promise<string> => {
    if (!key) return '';
    const internal = { ...context.internal, deadlineAt: context.internal.deadlineAt - answerReserveMs, traceparent: currentTraceparent() };
    return signContext(key, subgraph, internal, { now: clock.now(), digest });
  };
  return {
    sign: (context, subgraph) => once(context.tokens, subgraph, () => signed(context, subgraph)),
    signDigest: signed,
    async timed(context, subgraph, call, isChange = false) {
      const started = performance.now();
      const remainingMs = context.internal.deadlineAt - answerReserveMs - clock.now().getTime();
      let failed: RefusalCode | undefined;
      try {
        if (context.gone.aborted) throw wentAway();
        if (remainingMs <= 0) throw deadlineExceeded(aPart);
        const allowedMs = isChange ? remainingMs : Math.min(remainingMs, timeoutMs);
        return await breakers.run(subgraph, { allowedMs, gone: context.gone }, () => withinTime(allowedMs, context.gone, call));
      } catch (error) {
        failed = error instanceof Refusal ? error.code : 'INTERNAL';
        throw error;
      } finally {
        const ms = performance.now() - started;
        fetchSeconds.record({ subgraph, outcome: failed ?? 'ok' }, ms / 1_000);
        context.record.fetches.push({ subgraph, ms: Math.round(ms * 10) / 10, ...(failed && { failed }) });
      }
    },
    close: () => breakers.close(),
  };
}

/** Whether an operation for a subgraph changes something: query plans begin such a one with its word. */
export function changes(query: string | undefined): boolean {
  return query?.startsWith('mutation') ?? false;
}

/** The headers of a call over a network. */
export function contextHeaders(token: string): Record<string, string> {
  return token === '' ? {} : { [contextHeader]: token };
}

function once<T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(name) ?? make();
  made.set(name, known);
  return known;
}

function wentAway(): Refusal {
  return new Refusal('DEADLINE_EXCEEDED', 'The client went away.');
}

async function withinTime<T>(allowedMs: number, gone: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  let stop: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(deadlineExceeded(aPart)), allowedMs);
    const leave = (): void => reject(wentAway());
    gone.addEventListener('abort', leave, { once: true });
    stop = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
    };
  });
  try {
    return await Promise.race([call(ending.signal), over]);
  } catch (error) {
    ending.abort();
    throw error;
  } finally {
    stop?.();
  }
}
