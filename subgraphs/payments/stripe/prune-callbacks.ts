import type { Job } from '@haat/kit/define';
import type { PaymentsContext } from '../context.js';

/** How long a callback is remembered, in milliseconds: ten times as long as Stripe sends one again. */
const keptMs = 30 * 86_400_000;

/** Forgets callbacks that nobody sends again. What they told stays. */
export const pruneCallbacks: Job = {
  name: 'prune-callbacks', everyMs: 3_600_000,
  async run({ clock, signal, sweep, inTenant }) {
    const before = new Date(clock.now().getTime() - keptMs);
    const tenants = await sweep<{ tenant_id: string }>('select distinct tenant_id from provider_callback where received_at <= $1', [before]);
    for (const { tenant_id } of tenants) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx) => (ctx as unknown as PaymentsContext).transaction(async (tx) => void (await tx.db.query('delete from provider_callback where received_at <= $1', [before]))));
    }
  },
};
