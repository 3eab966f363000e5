import type { Job, JobScope } from '@haat/kit/define';
import type { PricingContext } from '../context.js';
import { repricedAtOnce } from '../limits.js';
import { repriceOffers } from './reprice-offers.js';

/** Offers that are looked for at once, over all marketplaces. */
const lookMax = 2_000;

/** Says on time what a price, a list or a sale changes by beginning or ending, in chunks. */
export const repriceDueOffers: Job = {
  name: 'reprice-due-offers',
  everyMs: 1_000,
  async run(scope) {
    for (let found = lookMax; found === lookMax && !scope.signal.aborted;) {
      const due = await scope.sweep<{ tenant_id: string; id: string }>('select tenant_id, id from offer_price where due_at <= $1 order by due_at limit $2', [scope.clock.now(), lookMax]);
      found = due.length;
      for (const [tenantId, rows] of Map.groupBy(due, ({ tenant_id }) => tenant_id)) await reprice(scope, tenantId, rows.map(({ id }) => id));
    }
  },
};

async function reprice({ inTenant, signal }: JobScope, tenantId: string, offerIds: readonly string[]): Promise<void> {
  for (let at = 0; at < offerIds.length && !signal.aborted; at += repricedAtOnce) {
    await inTenant(tenantId, (ctx: PricingContext) => ctx.transaction((tx) => repriceOffers(tx, offerIds.slice(at, at + repricedAtOnce))));
  }
}
