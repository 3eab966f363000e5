import type { Job } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { NotificationsContext } from '../context.js';
import { deliveries } from './delivery.row.js';

const batchMax = 1_000;

/** Removes settled deliveries whose time is over. */
export const forgetDeliveries: Job = {
  name: 'forget-deliveries',
  everyMs: 3_600_000,
  async run(scope) {
    invariant(scope.sweepDue, 'Deliveries are kept on MongoDB.');
    for (const { tenantId, _id } of await scope.sweepDue(deliveries, 'forgetAt', scope.clock.now(), batchMax)) {
      if (scope.signal.aborted) return;
      await scope.inTenant(tenantId, (ctx: NotificationsContext) => ctx.transaction((tx) => tx.db.collection(deliveries).remove(_id)));
    }
  },
};
