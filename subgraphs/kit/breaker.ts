import { BrokenCircuitError, circuitBreaker, CircuitState, CountBreaker, handleWhen } from 'cockatiel';
import { unavailable } from './refusal.js';

/** Of the last this many calls … */
export const breakerWindowCalls = 20;

/** … this share failing opens the breaker; fewer calls than half a window never do. */
export const breakerFailureShare = 0.5;

/** How long an open breaker refuses before it lets one call try. */
export const breakerOpenMs = 5_000;

/** CLOSED lets calls through, OPEN refuses them at once, HALF_OPEN lets one try. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Stands before something that may be down, so that a caller is refused at once instead of waiting for it. */
export interface Breaker {
  readonly name: string;
  /** For metrics. */
  readonly state: BreakerState;
  /** Runs the call, or refuses with `SUBGRAPH_UNAVAILABLE` while open. What the call throws is thrown on. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Where the numbers of one breaker differ from the named ones. */
export interface BreakerOptions {
  /** Which errors say that the other side is down; all, when absent. A refusal of this one caller does not. */
  readonly countsAsFailure?: (error: unknown) => boolean;
  readonly windowCalls?: number;
  readonly failureShare?: number;
  readonly openMs?: number;
}

/** A breaker over a sliding window of calls. One per thing that can be down, kept as long as the process lives. */
export function breaker(name: string, options: BreakerOptions = {}): Breaker {
  const size = options.windowCalls ?? breakerWindowCalls;
  const policy = circuitBreaker(handleWhen(options.countsAsFailure ?? (() => true)), {
    halfOpenAfter: options.openMs ?? breakerOpenMs,
    breaker: new CountBreaker({ threshold: options.failureShare ?? breakerFailureShare, size, minimumNumberOfCalls: Math.ceil(size / 2) }),
  });
  return {
    name,
    get state() { return stateOf(policy.state); },
    async run(work) {
      try {
        return await policy.execute(() => work());
      } catch (error) {
        throw error instanceof BrokenCircuitError ? unavailable(name) : error;
      }
    },
  };
}

function stateOf(state: CircuitState): BreakerState {
  if (state === CircuitState.HalfOpen) return 'HALF_OPEN';
  return state === CircuitState.Closed ? 'CLOSED' : 'OPEN';
}
