import type { Job } from '@haat/kit/define';
import { bookParcel } from './book-parcel.js';
import { followParcel } from './follow-parcel.js';

/** Parcels that one run asks for. */
const parcelsMax = 50;

/** Asks carriers for parcels that nobody could ask for at once, gives up on whoever asked and did not come back, and asks how those are that nothing was heard of for long. */
export const askCarriers: Job = {
  name: 'ask-carriers', everyMs: 2_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from parcel where due_at <= $1 order by due_at limit ${parcelsMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, async (ctx) => {
        await bookParcel(ctx as never, id);
        await followParcel(ctx as never, id);
      });
    }
  },
};
