import type { Job } from '@haat/kit/define';
import type { Context } from '@haat/kit/context';
import type { EntityManager } from 'typeorm';
import type { VendorsConfig } from '../config.js';
import type { VendorsLoaders } from '../loaders.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { saveChanged } from '../vendor/vendor-state.js';
import { turned } from './holiday.js';

/** How many are looked up at once. */
const batchMax = 100;

/** Says vendors anew whose holiday begins or ends: nobody changed them, but they are open or closed now. */
export const turnHolidays: Job = {
  name: 'turn-holidays',
  everyMs: 5_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from vendor where holiday_turns_at <= $1 order by holiday_turns_at limit ${batchMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx: Context<EntityManager, VendorsLoaders, VendorsConfig>) => turnOne(ctx, id));
    }
  },
};

function turnOne(ctx: Context<EntityManager, VendorsLoaders, VendorsConfig>, id: string): Promise<void> {
  return ctx.transaction(async (tx) => {
    const vendor = await lockedVendor(tx, id);
    const now = tx.clock.now();
    if (!vendor.holidayTurnsAt || vendor.holidayTurnsAt > now) return;
    await saveChanged(tx, Object.assign(vendor, turned(vendor, now)));
  });
}
