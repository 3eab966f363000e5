import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText } from '@haat/kit/limits';
import { Money } from '@haat/kit/money';
import { Problem } from '@haat/kit/problem';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MoneyInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { dueOf } from './add-facts.js';
import { advanceAttempt } from './advance-attempt.js';
import { ownTurnMs } from './begin-payment.js';
import { attemptsOf, lockedPayment } from './locked-payment.js';
import { AttemptStatus } from './payment-enums.js';
import { PaymentRow } from './payment.row.js';
import { Payment } from './payment.type.js';
import { lookAtHeld, releasePayment, type SeenAtProvider, type StaysHeld } from './release-payment.js';

/** Promised money to be taken. */
@InputType({ description: 'Which promised payment shall be taken, and how much of it.' })
export class CapturePaymentInput {
  @Field(() => ID, { description: 'A payment whose money is promised, or one that is held.' }) paymentId: string;
  @Field(() => MoneyInput, { nullable: true, description: 'How much is taken, once; the rest is let go. Left out: all that is due. Of a payment that is held, exactly what its provider took, to have that believed; left out, to have it looked at anew.' }) amount?: MoneyInput | null;
  @Field(() => ID, { description: 'Names this wish: sent again nothing is taken twice.' }) idempotencyKey: string;
}

/** There is not that much. */
@ObjectType({ implements: Problem, description: 'Not that much is promised or due, or was taken of a payment that is held; nothing was taken.' })
export class CaptureTooLarge extends Problem {
  @Field(() => Money, { description: 'How much can be taken at most; zero where nothing is promised. Of a payment that is held, what its provider took.' }) capturable: Money;
}

/** The payment, or why not. */
export const CapturePaymentResult = resultOf('CapturePaymentResult', 'The payment as it is then, or why nothing was taken.', [Payment, CaptureTooLarge]);

const rules = z.object({ paymentId: idText, amount: z.object({ minor: z.int().min(1), currency: z.string() }).nullish(), idempotencyKey: idempotencyKeyText });

/** Takes promised money: now, or as soon as the provider can be reached. One that is held is looked at there, and goes on where that can be believed. */
export async function capturePayment(ctx: PaymentsContext, input: CapturePaymentInput): Promise<Payment | CaptureTooLarge> {
  const { idempotencyKey, ...wish } = parsed(rules, input);
  const seen = await lookAtHeld(ctx, wish.paymentId);
  const decided = await ctx.transaction((tx) => decide(tx, wish, seen), { idempotency: { operation: 'capturePayment', key: idempotencyKey, input: wish, keepHours: 168 } });
  if ('capturable' in decided) return Object.assign(new CaptureTooLarge(), { ...decided, capturable: Money.from(decided.capturable) });
  await advanceAttempt(ctx, decided.attemptId);
  return Payment.of(await ctx.db.findOneByOrFail(PaymentRow, { tenantId: ctx.tenant.id, id: wish.paymentId }), null);
}

async function decide(tx: PaymentsTx, { paymentId, amount }: Pick<z.infer<typeof rules>, 'paymentId' | 'amount'>, seen: SeenAtProvider | null): Promise<{ attemptId: string } | StaysHeld> {
  const payment = await lockedPayment(tx, { id: paymentId });
  if (!payment) throw notFound('payment');
  const { currency } = payment;
  if (amount && amount.currency !== currency) throw badInput([{ path: ['input', 'amount', 'currency'], message: `expected ${currency}, came ${amount.currency}` }]);
  if (payment.heldReason !== null && seen) return releasePayment(tx, payment, seen, amount?.minor ?? null);
  const attempt = payment.heldReason !== null ? undefined : (await attemptsOf(tx, paymentId)).find(({ status, wish }) => status === AttemptStatus.AUTHORIZED && wish === null);
  const minor = attempt ? Math.min(await dueOf(tx, payment), attempt.amountMinor) : 0;
  if (!attempt || (amount?.minor ?? 1) > minor) return { capturable: { minor, currency }, message: `At most ${Money.of(minor, currency).decimal} ${currency} can be taken.` };
  await tx.db.save(Object.assign(attempt, { wish: 'CAPTURE', captureMinor: amount?.minor ?? minor, dueAt: new Date(tx.clock.now().getTime() + ownTurnMs) }));
  return { attemptId: attempt.id };
}
