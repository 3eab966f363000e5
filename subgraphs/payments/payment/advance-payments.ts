import type { Job, JobScope } from '@haat/kit/define';
import type { PaymentsContext } from '../context.js';
import { advanceRefund } from '../refund/advance-refund.js';
import { forgetCustomer, forgetMethod } from '../saved-method/forget-method.js';
import { advanceAttempt } from './advance-attempt.js';

/** How many of a kind one run takes, and how many at once. */
const [dueMax, atOnce] = [100, 5];

/** What is due by each table: what was left half-way, what a lost callback did not tell, what a provider must forget. */
const works: Readonly<Record<string, (ctx: PaymentsContext, id: string) => Promise<void>>> = {
  payment_attempt: (ctx, id) => advanceAttempt(ctx, id, true),
  refund: (ctx, id) => advanceRefund(ctx, id, true),
  saved_method: forgetMethod,
  provider_customer: forgetCustomer,
};

/** Goes on at the provider with everything that is due. */
export const advancePayments: Job = {
  name: 'advance-payments', everyMs: 1_000,
  async run(scope) {
    for (const [table, work] of Object.entries(works)) await advanceDue(scope, table, work);
  },
};

async function advanceDue({ clock, log, signal, sweep, inTenant }: JobScope, table: string, work: (ctx: PaymentsContext, id: string) => Promise<void>): Promise<void> {
  const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from ${table} where due_at <= $1 order by due_at limit ${dueMax}`, [clock.now()]);
  for (let at = 0; at < due.length && !signal.aborted; at += atOnce) {
    const some = due.slice(at, at + atOnce);
    // One that fails keeps no other from its turn.
    await Promise.all(some.map(({ tenant_id, id }) => inTenant(tenant_id, (ctx) => work(ctx as unknown as PaymentsContext, id)).catch((error: unknown) => log.error({ err: error, table, id }, 'What is due could not be done.'))));
  }
}
