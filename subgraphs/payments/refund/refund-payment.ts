import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText, listOf, noteCharactersMax, textOf } from '@haat/kit/limits';
import { Money } from '@haat/kit/money';
import { Problem } from '@haat/kit/problem';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MoneyInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { ownTurnMs } from '../payment/begin-payment.js';
import { lockedPayment } from '../payment/locked-payment.js';
import { LineRow, type PaymentRow } from '../payment/payment.row.js';
import { sharesOf } from '../payment/say-payment.js';
import { advanceRefund } from './advance-refund.js';
import { beginRefund } from './begin-refund.js';
import { refundLines, sharesOfAmount, sharesOfLines } from './refund-parts.js';
import { failedRefund, partsAgain, type RefundParts } from './redo-refund.js';
import { RefundRow } from './refund.row.js';
import { Refund } from './refund.type.js';

/** Pieces to be paid back. */
@InputType({ description: 'Pieces of an order\'s line that shall be paid back.' })
export class RefundLineInput {
  @Field(() => ID, { description: 'Which of the lines that were bought; begins with oline_.' }) orderLineId: string;
  @Field(() => Int, { description: 'How many pieces, from 1 to what was not paid back yet.' }) quantity: number;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether the pieces are put back on the shelf to be sold again; those on their way to the buyer are once they come back.' }) restock: boolean;
}

/** Money to be paid back. */
@InputType({ description: 'What shall be paid back: an amount, pieces of lines, or what a refund that failed was for; one of the three.' })
export class RefundPaymentInput {
  @Field(() => ID, { description: 'The payment whose money goes back.' }) paymentId: string;
  @Field(() => MoneyInput, { nullable: true, description: 'How much goes back, where it is not for certain pieces.' }) amount?: MoneyInput | null;
  @Field(() => [RefundLineInput], { nullable: true, description: 'The pieces it is for, each line once; what they cost is worked out.' }) lines?: RefundLineInput[] | null;
  @Field(() => ID, { nullable: true, description: 'A refund of the payment that failed: the same goes back again, of the same vendors and pieces, once.' }) refundId?: string | null;
  @Field(() => String, { description: 'Why, for the buyer and the books, at most 500 characters.' }) reason: string;
  @Field(() => ID, { description: 'Names this refund: sent again nothing goes back twice.' }) idempotencyKey: string;
}

/** There is not that much. */
@ObjectType({ implements: Problem, description: 'Not that much is left of the payment or the lines; nothing goes back.' })
export class RefundTooLarge extends Problem {
  @Field(() => Money, { description: 'How much of the whole payment can go back at most.' }) refundable: Money;
}

/** The refund, or why not. */
export const RefundPaymentResult = resultOf('RefundPaymentResult', 'The refund as it stands, or why nothing goes back.', [Refund, RefundTooLarge]);

const money = z.object({ minor: z.int().min(1), currency: z.string() });
const line = z.object({ orderLineId: idText, quantity: z.int().min(1), restock: z.boolean() });
const rules = z.object({ paymentId: idText, amount: money.nullish(), lines: listOf(line).nullish(), refundId: idText.nullish(), reason: textOf(noteCharactersMax), idempotencyKey: idempotencyKeyText })
  .refine(({ amount, lines, refundId }) => [amount, lines?.length, refundId].filter(Boolean).length === 1, { message: 'expected an amount, lines or a refund that failed, and one of them alone', path: ['amount'] })
  .refine(({ lines }) => new Set(lines?.map(({ orderLineId }) => orderLineId)).size === (lines?.length ?? 0), { message: 'expected each line once', path: ['lines'] });

type Wish = Omit<z.infer<typeof rules>, 'idempotencyKey'>;

/** Pays money back: now, or as soon as the provider can be reached. Cash is taken as handed back. */
export async function refundPayment(ctx: PaymentsContext, input: RefundPaymentInput): Promise<Refund | RefundTooLarge> {
  const { idempotencyKey, ...wish } = parsed(rules, input);
  const decided = await ctx.transaction((tx) => decide(tx, wish, idempotencyKey), { idempotency: { operation: 'refundPayment', key: idempotencyKey, input: wish, keepHours: 168 } });
  if ('refundable' in decided) return Object.assign(new RefundTooLarge(), { ...decided, refundable: Money.from(decided.refundable) });
  for (const id of decided.refundIds) await advanceRefund(ctx, id);
  return Refund.of(await ctx.db.findOneByOrFail(RefundRow, { tenantId: ctx.tenant.id, id: decided.refundIds[0] }), null);
}

async function decide(tx: PaymentsTx, wish: Wish, idempotencyKey: string): Promise<{ refundIds: string[] } | { refundable: { minor: number; currency: string }; message: string }> {
  const payment = await lockedPayment(tx, { id: wish.paymentId });
  if (!payment) throw notFound('payment');
  const { currency } = payment;
  if (wish.amount && wish.amount.currency !== currency) throw badInput([{ path: ['input', 'amount', 'currency'], message: `expected ${currency}, came ${wish.amount.currency}` }]);
  const minor = payment.capturedMinor - payment.refundReservedMinor;
  const failed = wish.refundId ? await failedRefund(tx, payment, wish.refundId) : null;
  if (failed?.replacedById) return { refundIds: [failed.replacedById] };
  const parts = failed ? await partsAgain(tx, failed) : await partsOf(tx, payment, wish);
  if (!parts || parts.amountMinor > minor || parts.amountMinor === 0) return { refundable: { minor, currency }, message: `At most ${Money.of(minor, currency).decimal} ${currency} of this payment can go back, and of a line what is left of it.` };
  const actor = tx.viewer.userId ?? tx.viewer.tokenId ?? 'system';
  const refunds = await beginRefund(tx, payment, { source: `wanted:${payment.id}:${actor}:${encodeURIComponent(idempotencyKey)}`, reason: wish.reason, ...parts, isPaidByHand: true, dueAt: new Date(tx.clock.now().getTime() + ownTurnMs) });
  if (failed) await tx.db.save(Object.assign(failed, { replacedById: refunds[0]?.id ?? null, dueAt: null }));
  return { refundIds: refunds.map(({ id }) => id) };
}

async function partsOf(tx: PaymentsTx, { id }: PaymentRow, { amount, lines: wanted }: Wish): Promise<RefundParts | null> {
  const shares = await sharesOf(tx, id);
  if (amount) return { amountMinor: amount.minor, lines: [], shares: sharesOfAmount(shares, amount.minor) };
  const lines = refundLines(await tx.db.findBy(LineRow, { tenantId: tx.tenant.id, paymentId: id }), wanted ?? []);
  const ofLines = lines && sharesOfLines(shares, lines);
  return lines && ofLines && { amountMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0), lines, shares: ofLines };
}
