import type { Clock } from '@haat/kit/clock';
import { deadlineExceeded, Refusal, type RefusalCode } from '@haat/kit/refusal';
import { contextHeader, signContext, type SigningKey } from '@haat/kit/signing';
import { currentTraceparent } from '@haat/kit/span';
import { fetchSeconds } from './meters.js';
import type { OperationContext } from './operation-context.js';

/** What is kept of the client's time for putting the answer together, in milliseconds: so that a slow part costs only itself. */
export const answerReserveMs = 250;

/** What the client is told of a part that is slow or down; which part is nobody's business outside. */
export const aPart = 'A part of the marketplace';

/** Prepares and times calls to subgraphs. */
export interface SubgraphRequests {
  /** The signed context for a subgraph of this process, the same for each call of one request. Empty when this gateway has no key. */
  sign(context: OperationContext, subgraph: string): Promise<string>;
  /** The same bound to the SHA-256 of one body, for what travels over a network. */
  signDigest(context: OperationContext, subgraph: string, digest: string): Promise<string>;
  /** Runs one call within what is left of the client's time, and records it. Refuses with `DEADLINE_EXCEEDED`. */
  timed<T>(context: OperationContext, subgraph: string, call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Makes it. Without a key nothing is signed: subgraphs that are not ours would not know what to do with it. */
export function subgraphRequests(key: SigningKey | undefined, clock: Clock): SubgraphRequests {
  const signed = async (context: OperationContext, subgraph: string, digest?: string): Promise<string> => {
    if (!key) return '';
    const internal = { ...context.internal, deadlineAt: context.internal.deadlineAt - answerReserveMs, traceparent: currentTraceparent() };
    return signContext(key, subgraph, internal, { now: clock.now(), digest });
  };
  return {
    sign: (context, subgraph) => once(context.tokens, subgraph, () => signed(context, subgraph)),
    signDigest: signed,
    async timed(context, subgraph, call) {
      const started = performance.now();
      const remainingMs = context.internal.deadlineAt - answerReserveMs - clock.now().getTime();
      let failed: RefusalCode | undefined;
      try {
        return await withinTime(remainingMs, context.gone, call);
      } catch (error) {
        failed = error instanceof Refusal ? error.code : 'INTERNAL';
        throw error;
      } finally {
        const ms = performance.now() - started;
        fetchSeconds.record({ subgraph, outcome: failed ?? 'ok' }, ms / 1_000);
        context.record.fetches.push({ subgraph, ms: Math.round(ms * 10) / 10, ...(failed && { failed }) });
      }
    },
  };
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

async function withinTime<T>(remainingMs: number, gone: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (remainingMs <= 0) throw deadlineExceeded(aPart);
  const ending = new AbortController();
  let stop: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(deadlineExceeded(aPart)), remainingMs);
    const leave = (): void => reject(new Refusal('DEADLINE_EXCEEDED', 'The client went away.'));
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
