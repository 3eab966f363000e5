import type { Job } from '@haat/kit/define';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { advanceAttempt } from './advance-attempt.js';
import { ownTurnMs } from './begin-payment.js';
import { callOffAttempts, expirePayment } from './end-payment.js';
import { lockedPayment } from './locked-payment.js';
import type { PaymentRow } from './payment.row.js';

/** Windows that one run ends. */
const paymentsMax = 100;

/** Ends the windows whose time is over: first nothing can be paid at the provider any more, then it is said. A provider who is away keeps nobody waiting. */
export const expirePayments: Job = {
  name: 'expire-payments', everyMs: 5_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from payment where window_ends_at <= $1 order by window_ends_at limit ${paymentsMax}`, [clock.now()]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx) => expireOne(ctx as unknown as PaymentsContext, id));
    }
  },
};

async function expireOne(ctx: PaymentsContext, id: string): Promise<void> {
  const attempts = await ctx.transaction(async (tx) => {
    const payment = await overdue(tx, id);
    return payment ? callOffAttempts(tx, payment, new Date(tx.clock.now().getTime() + ownTurnMs)) : [];
  });
  for (const attemptId of attempts) await advanceAttempt(ctx, attemptId);
  await ctx.transaction(async (tx) => {
    const payment = await overdue(tx, id);
    if (!payment) return;
    await expirePayment(tx, payment);
    await tx.db.save(Object.assign(payment, { windowEndsAt: null }));
  });
}

async function overdue(tx: PaymentsTx, id: string): Promise<PaymentRow | null> {
  const payment = await lockedPayment(tx, { id });
  return payment?.windowEndsAt && payment.windowEndsAt <= tx.clock.now() ? payment : null;
}
