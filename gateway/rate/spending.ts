import type { OperationContext } from '../operation-context.js';
import { sensitiveMutations } from '../limits/operation-shape.js';
import { bucketsOf, type NamedBucket, type RateConfig } from './rate-buckets.js';
import type { RateLimits } from './rate-limits.js';

/** Lets operations be paid for. */
export interface Spending {
  /** Every request costs its sender's address one point, whatever becomes of it. Refuses with `RATE_LIMITED`. */
  arrive(context: OperationContext, costMax: number): void;
  /** Spends what an operation costs beyond that, and notes what is left. Refuses with `RATE_LIMITED`. */
  spend(context: OperationContext, cost: SpentCost): Promise<void>;
}

/** What an operation costs, and what it does. */
export interface SpentCost {
  readonly points: number;
  /** The most that one operation may cost here. */
  readonly costMax: number;
  /** The names of the mutations in it. */
  readonly mutations: readonly string[];
}

/** What coming costs. */
const arrivalPoints = 1;

/** Makes it. */
export function spending(rates: RateLimits, config: RateConfig): Spending {
  return {
    arrive(context, costMax) {
      rates.spend(bucketsOf(context, config, costMax).filter(({ by }) => by === 'address'), arrivalPoints);
    },
    async spend(context, { points, costMax, mutations }) {
      const buckets = bucketsOf(context, config, costMax);
      // Paid in full from all, so that what is left is told exactly; the arrival stays on top.
      if (mutations.some((name) => sensitiveMutations.has(name))) await rates.spendForCertain(buckets, points);
      else rates.spend(buckets, points);
      const [own] = buckets;
      if (own && context.record.cost) context.record.cost = { ...context.record.cost, ...leftOf(rates, own) };
    },
  };
}

function leftOf(rates: RateLimits, own: NamedBucket): { remaining: number; restoredPerSecond: number } {
  return { remaining: rates.remaining(own), restoredPerSecond: own.perSecond };
}
