import type { Job } from '@haat/kit/define';
import { bookParcel } from './book-parcel.js';

/** Parcels that one run asks for. */
const parcelsMax = 50;

/** Asks carriers for parcels that nobody could ask for at once, and gives up on whoever asked and did not come back. */
export const bookParcels: Job = {
  name: 'book-parcels', everyMs: 2_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from parcel where due_at <= $1 order by due_at limit ${parcelsMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx) => bookParcel(ctx as never, id));
    }
  },
};
