import type { Job } from '@haat/kit/define';
import type { InventoryContext } from '../context.js';
import { expireReservation } from './release-reservation.js';

/** Holds that one run ends. */
const holdsMax = 500;

/** Ends the holds whose time is over, by the database's clock, each in a transaction of its own. */
export const expireReservations: Job = {
  name: 'expire-reservations', everyMs: 10_000,
  async run(scope) {
    const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from reservation where due_at <= now() order by due_at limit ${holdsMax}`);
    for (const { tenant_id, id } of due) {
      if (scope.signal.aborted) return;
      await scope.inTenant(tenant_id, (ctx) => (ctx as unknown as InventoryContext).transaction((tx) => expireReservation(tx, id)));
    }
  },
};
