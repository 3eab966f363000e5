import type { Job, JobScope } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { NotificationsContext } from '../context.js';
import { deliveries } from './delivery.row.js';

const batchMax = 1_000;

/** Removes settled deliveries whose time is over. */
export const forgetDeliveries: Job = {
  name: 'forget-deliveries',
  everyMs: 3_600_000,
  async run(scope) {
    while (!scope.signal.aborted && (await forgetBatch(scope)) === batchMax);
  },
};

/** Answers how many it found. */
async function forgetBatch(scope: JobScope): Promise<number> {
  invariant(scope.sweepDue, 'Deliveries are kept on MongoDB.');
  const found = await scope.sweepDue(deliveries, 'forgetAt', scope.clock.now(), batchMax);
  for (const { tenantId, _id } of found) {
    if (scope.signal.aborted) break;
    await scope.inTenant(tenantId, (ctx: NotificationsContext) => ctx.transaction((tx) => tx.db.collection(deliveries).remove(_id)));
  }
  return found.length;
}
