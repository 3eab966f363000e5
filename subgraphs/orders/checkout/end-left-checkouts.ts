import type { Job } from '@haat/kit/define';
import type { OrdersContext } from '../context.js';
import { CheckoutRow } from './checkout.row.js';
import { endCheckout } from './end-checkout.js';

/** Checkouts that one run looks at. */
const checkoutsMax = 200;

/** Gives back what checkouts took that nobody brought to an end: the process died, or a neighbour was away when it was undone. */
export const endLeftCheckouts: Job = {
  name: 'end-left-checkouts', everyMs: 15_000,
  async run(scope) {
    const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from checkout where due_at <= $1 order by due_at limit ${checkoutsMax}`, [scope.clock.now()]);
    for (const { tenant_id, id } of due) {
      if (scope.signal.aborted) return;
      await scope.inTenant(tenant_id, (ctx) => end(ctx as never, id)).catch((error: unknown) => scope.log.warn({ err: error, checkout: id }, 'A checkout could not be ended yet.'));
    }
  },
};

async function end(ctx: OrdersContext, id: string): Promise<void> {
  const row = await ctx.db.findOneBy(CheckoutRow, { tenantId: ctx.tenant.id, id });
  if (row && row.deadlineAt <= ctx.clock.now()) await endCheckout(ctx, row, null);
}
