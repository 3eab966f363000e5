import type { OperationContext } from '../operation-context.js';
import { sensitiveMutations } from '../limits/operation-shape.js';
import { Refusal } from '@haat/kit/refusal';
import type { Partner, Partners } from '../partners.js';
import type { PartnerSpending } from './partner-spending.js';
import { quotaHeaders } from './quota-headers.js';
import { addressBucket, bucketsOf, type NamedBucket, type RateConfig } from './rate-buckets.js';
import type { RateLimits } from './rate-limits.js';

/** Lets operations be paid for. */
export interface Spending {
  /** Refuses with `RATE_LIMITED` whose address has nothing left by this tenant's limits. Coming was paid for at the door (arrivals.ts). */
  check(context: OperationContext, costMax: number): void;
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

/** What is counted where no text is known by its hash: a subscription that came as a text. */
const unnamed = '0'.repeat(64);

/** Programs of partners, and what they spend by the day. */
export interface PartnerQuotas {
  readonly partners: Partners;
  readonly days: PartnerSpending;
}

/** Makes it. Without `quotas` no caller is a partner's program. */
export function spending(rates: RateLimits, config: RateConfig, quotas?: PartnerQuotas): Spending {
  return {
    check(context, costMax) {
      rates.spend([addressBucket(context.internal.clientAddress, config, costMax)], 0);
    },
    async spend(context, { points, costMax, mutations }) {
      const { tenant, viewer } = context.internal;
      const partner = await quotas?.partners.of(tenant, viewer);
      const buckets = bucketsOf(context, config, costMax, partner);
      const [own] = buckets;
      try {
        if (partner) checkMinute(partner, points);
        // Paid in full from all, so that what is left is told exactly; the arrival stays on top.
        if (mutations.some((name) => sensitiveMutations.has(name))) await rates.spendForCertain(buckets, points);
        else rates.spend(buckets, points);
        if (partner) quotas?.days.spendOfDay(tenant, partner, context.record.hash ?? unnamed, points);
      } catch (error) {
        if (partner) quotas?.days.countRefused(tenant, partner, context.record.hash ?? unnamed);
        throw error;
      } finally {
        if (partner && quotas && own) noteQuota(context, partner, rates.remaining(own), own, quotas);
      }
      if (own && context.record.cost) context.record.cost = { ...context.record.cost, ...leftOf(rates, own) };
    },
  };
}

/** What is dearer than a whole minute could never run, however long one waits. */
function checkMinute({ pointsPerMinute }: Partner, points: number): void {
  if (points <= pointsPerMinute) return;
  throw new Refusal('TOO_EXPENSIVE', `The operation costs ${points} points, and this program may spend ${pointsPerMinute} in a minute: ask for less at once.`, { limit: 'pointsPerMinute', allowed: pointsPerMinute, counted: points });
}

function noteQuota(context: OperationContext, partner: Partner, remaining: number, own: NamedBucket, { days }: PartnerQuotas): void {
  const minute = { points: remaining, seconds: Math.ceil((own.capacity - remaining) / own.perSecond) };
  context.record.quota = quotaHeaders(partner, { minute, day: days.leftOfDay(partner) });
}

function leftOf(rates: RateLimits, own: NamedBucket): { remaining: number; restoredPerSecond: number } {
  return { remaining: rates.remaining(own), restoredPerSecond: own.perSecond };
}
