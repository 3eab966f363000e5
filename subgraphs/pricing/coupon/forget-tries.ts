import type { Job } from '@haat/kit/define';
import type { PricingConfig } from '../config.js';
import type { PricingContext } from '../context.js';

/** Drops tries of codes whose window has passed: anybody can make these rows, so that they must not stay. */
export const forgetTries: Job = {
  name: 'forget-tries',
  everyMs: 600_000,
  async run({ clock, signal, config, sweep, inTenant }) {
    const before = new Date(clock.now().getTime() - (config as PricingConfig).COUPON_WINDOW_MINUTES * 60_000);
    const tenants = await sweep<{ tenant_id: string }>('select distinct tenant_id from coupon_try where tried_at <= $1', [before]);
    for (const { tenant_id } of tenants) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx: PricingContext) => ctx.db.query('delete from coupon_try where tried_at <= $1', [before]));
    }
  },
};
