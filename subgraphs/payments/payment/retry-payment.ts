import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { accountOf } from '../account/account-of.js';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { SavedMethodRow } from '../saved-method/saved-method.row.js';
import { settingsOf } from '../settings/payment-settings.js';
import { advanceAttempt } from './advance-attempt.js';
import { beginAttempt, ownTurnMs } from './begin-payment.js';
import { callOffAttempts } from './end-payment.js';
import { latestAttempt, lockedPayment } from './locked-payment.js';
import { AttemptStatus, openAttempts, PaymentStatus } from './payment-enums.js';
import { PaymentRow } from './payment.row.js';
import { Payment } from './payment.type.js';
import { isBuyer } from './seen-payment.js';

/** Tries that one payment may take. */
const attemptsMax = 20;

/** Another try. */
@InputType({ description: 'Which payment shall be tried again, with which saved method if any.' })
export class RetryPaymentInput {
  @Field(() => ID, { description: 'A payment of the viewer\'s that is open or was declined.' }) paymentId: string;
  @Field(() => ID, { nullable: true, description: 'One of the buyer\'s saved methods to be charged now; left out to pay in the browser.' }) savedPaymentMethodId?: string | null;
  @Field(() => ID, { description: 'Names this try: sent again nothing is tried twice.' }) idempotencyKey: string;
}

/** It cannot be tried again. */
@ObjectType({ implements: Problem, description: 'The payment cannot be tried again: it is paid, over, or being worked on.' })
export class PaymentNotRetryable extends Problem {
  @Field(() => PaymentStatus, { description: 'Where the payment is now.' }) status: PaymentStatus;
}

/** The payment, or why not. */
export const RetryPaymentResult = resultOf('RetryPaymentResult', 'The payment with what the buyer does next, or why it cannot be tried again.', [Payment, PaymentNotRetryable]);

const rules = z.object({ paymentId: idText, savedPaymentMethodId: idText.nullish(), idempotencyKey: idempotencyKeyText });

type Wish = z.infer<typeof rules>;

/** Lets the buyer pay again: by the same try where that is open, else by a new one, which waits until the old one is called off. */
export async function retryPayment(ctx: PaymentsContext, input: RetryPaymentInput): Promise<Payment | PaymentNotRetryable> {
  const { idempotencyKey, ...wish } = parsed(rules, input);
  const decided = await ctx.transaction((tx) => decide(tx, wish), { idempotency: { operation: 'retryPayment', key: idempotencyKey, input: wish, keepHours: 168 } });
  if ('status' in decided) return Object.assign(new PaymentNotRetryable(), decided);
  for (const id of decided.attempts) await advanceAttempt(ctx, id);
  return Payment.of(await ctx.db.findOneByOrFail(PaymentRow, { tenantId: ctx.tenant.id, id: wish.paymentId }), null);
}

async function decide(tx: PaymentsTx, { paymentId, savedPaymentMethodId }: Omit<Wish, 'idempotencyKey'>): Promise<{ attempts: string[] } | { status: PaymentStatus; message: string }> {
  const payment = await lockedPayment(tx, { id: paymentId });
  if (!payment || !isBuyer(tx.viewer, payment)) throw notFound('payment');
  const latest = await latestAttempt(tx, paymentId);
  if (accountOf(tx.config, payment.tenantSlug) === null || !isOpen(payment, tx.clock.now()) || !latest || latest.number >= attemptsMax || latest.status === AttemptStatus.PROCESSING) return { status: payment.status, message: 'This payment cannot be tried again.' };
  if (savedPaymentMethodId) await mustBeSaved(tx, payment, savedPaymentMethodId);
  else if (openAttempts.includes(latest.status) && latest.wish === null) return { attempts: [latest.id] };
  if (!(await settingsOf(tx)).offersCards) return { status: payment.status, message: 'This marketplace takes no cards.' };
  const dueAt = new Date(tx.clock.now().getTime() + ownTurnMs);
  const old = await callOffAttempts(tx, payment, dueAt);
  const next = await beginAttempt(tx, payment, { number: latest.number + 1, methodId: savedPaymentMethodId ?? null, dueAt });
  return { attempts: [...old, next.id] };
}

function isOpen({ provider, status, capturedMinor, heldReason, windowEndsAt }: PaymentRow, now: Date): boolean {
  const isWaiting = [PaymentStatus.OPENING, PaymentStatus.REQUIRES_ACTION, PaymentStatus.FAILED, PaymentStatus.CANCELLED].includes(status);
  return provider === 'STRIPE' && isWaiting && capturedMinor === 0 && heldReason === null && windowEndsAt !== null && windowEndsAt > now;
}

async function mustBeSaved(tx: PaymentsTx, { userId }: PaymentRow, id: string): Promise<void> {
  const method = userId !== null && userId === tx.viewer.userId && (await tx.db.createQueryBuilder(SavedMethodRow, 'm').where('m.id = :id and m.userId = :userId and m.removedAt is null', { id, userId }).getOne());
  if (!method) throw notFound('saved payment method');
}
