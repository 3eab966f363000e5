import { breaker, type Breaker, type BreakerOptions } from '@haat/kit/breaker';
import { gauge } from '@haat/kit/meter';
import { Refusal } from '@haat/kit/refusal';
import { breakerStates } from './meters.js';

/** What the client is told of a part that is slow or down; which part is nobody's business outside. */
export const aPart = 'A part of the marketplace';

/** A subgraph that had less time than this, in milliseconds, is not to blame for being late. */
const fairMsMin = 500;

/** What a call is made under. */
export interface CallTime {
  readonly allowedMs: number;
  /** Aborted when the client went away. */
  readonly gone: AbortSignal;
}

/** One breaker for each subgraph: who asks one that is down is refused at once, and the others keep their time. */
export interface SubgraphBreakers {
  /** Runs a call, or refuses with `SUBGRAPH_UNAVAILABLE` while the breaker is open. */
  run<T>(subgraph: string, time: CallTime, call: () => Promise<T>): Promise<T>;
  close(): void;
}

/** Makes it. Breakers outlive the supergraph: what was down before a swap is down after it. */
export function subgraphBreakers(options: Pick<BreakerOptions, 'openMs'> = {}): SubgraphBreakers {
  const made = new Map<string, Breaker>();
  const breakerOf = (subgraph: string): Breaker => {
    const found = made.get(subgraph) ?? breaker(aPart, options);
    made.set(subgraph, found);
    return found;
  };
  const stop = gauge(breakerStates, () => [...made].map(([subgraph, { state }]) => ({ labels: { subgraph }, value: stateNumbers[state] })));
  return {
    async run(subgraph, time, call) {
      const outcome = await breakerOf(subgraph).run(() => blamed(time, call));
      if ('failed' in outcome) throw outcome.failed;
      return outcome.done;
    },
    close: stop,
  };
}

const stateNumbers = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 } as const;

type Outcome<T> = { readonly done: T } | { readonly failed: unknown };

/** Throws only what says that the subgraph is down; everything else is an outcome like any other. */
async function blamed<T>(time: CallTime, call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { done: await call() };
  } catch (error) {
    if (saysDown(error, time)) throw error;
    return { failed: error };
  }
}

function saysDown(error: unknown, { allowedMs, gone }: CallTime): boolean {
  if (!(error instanceof Refusal) || gone.aborted) return false;
  return error.code === 'SUBGRAPH_UNAVAILABLE' || (error.code === 'DEADLINE_EXCEEDED' && allowedMs >= fairMsMin);
}
