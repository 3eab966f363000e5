import { paymentOpen } from '@haat/schema/asks/payments';
import { defineAnswerInSteps } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import { pause } from '@haat/kit/pause';
import type { z } from 'zod';
import type { PaymentsContext } from '../context.js';
import { advanceAttempt } from './advance-attempt.js';
import { beginPayment, type OpenWish } from './begin-payment.js';
import { latestAttempt } from './locked-payment.js';
import { AttemptStatus, PaymentStatus } from './payment-enums.js';
import { PaymentRow } from './payment.row.js';

/** How long an answer waits for the provider, in milliseconds: less than whoever asks does. */
const waitMs = 6_500;

/** Opens the payment of an order, once: asked again, or after `order-placed`, it answers the one there is. */
export const answerOpen = defineAnswerInSteps(paymentOpen, async (ctx: PaymentsContext, wish: OpenWish): Promise<z.infer<typeof paymentOpen.output>> => {
  const { id } = await ctx.transaction((tx) => beginPayment(tx, wish));
  const attempt = await latestAttempt(ctx, id);
  if (attempt?.status === AttemptStatus.CREATED) await within(ctx, advanceAttempt(ctx, attempt.id));
  return answerOf(ctx, id);
});

/** Waits for some work as long as the answer may take; it goes on by itself after that. */
async function within(ctx: PaymentsContext, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const settled = work.catch((error: unknown) => ctx.log.error({ err: error }, 'A payment could not be opened.'));
  await Promise.race([settled, pause(waitMs, done.signal)]);
  done.abort();
}

async function answerOf(ctx: PaymentsContext, paymentId: string): Promise<z.infer<typeof paymentOpen.output>> {
  const [payment, attempt] = await Promise.all([ctx.db.findOneByOrFail(PaymentRow, { tenantId: ctx.tenant.id, id: paymentId }), latestAttempt(ctx, paymentId)]);
  const { status } = payment;
  const expiresAt = payment.expiresAt?.toISOString() ?? null;
  if (status !== PaymentStatus.OPENING && status !== PaymentStatus.FAILED) return { outcome: 'OPENED', paymentId, status, expiresAt };
  invariant(expiresAt !== null, `The window of payment ${paymentId} ends at some time.`);
  return status === PaymentStatus.FAILED ? { outcome: 'REFUSED', paymentId, expiresAt, code: attempt?.errorCode ?? 'refused' } : { outcome: 'OPENING', paymentId, expiresAt };
}
