import type { Job } from '@haat/kit/define';
import type { PartnersContext } from '../context.js';
import { dayOf } from './spent.js';
import { daysMax } from './list-usage.js';

/** How often old days are looked for, in milliseconds. */
const everyMs = 60 * 60_000;

/** Rows forgotten at once in one tenant. */
const atOnceMax = 5_000;

/** Forgets days that are no longer shown. */
export const forgetUsage: Job = {
  name: 'forget-usage',
  everyMs,
  async run({ clock, sweep, inTenant, signal }) {
    const before = dayOf(new Date(clock.now().getTime() - daysMax * 86_400_000));
    const tenants = await sweep<{ tenant_id: string }>('select distinct tenant_id from usage_count where day < $1 limit 1000', [before]);
    for (const { tenant_id: tenantId } of tenants) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => forgotten(ctx as unknown as PartnersContext, before));
    }
  },
};

function forgotten(ctx: PartnersContext, before: string): Promise<unknown> {
  return ctx.transaction((tx) => tx.db.query('delete from usage_count where tenant_id = $1 and id in (select id from usage_count where tenant_id = $1 and day < $2 limit $3)', [ctx.tenant.id, before, atOnceMax]));
}
