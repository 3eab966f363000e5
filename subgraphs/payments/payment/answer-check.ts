import { paymentCheck } from '@haat/schema/asks/payments';
import { defineAnswer } from '@haat/kit/define';
import { PaymentChoice } from '@haat/kit/shared-types';
import type { PaymentsContext } from '../context.js';
import { canTake } from '../stripe/stripe-amount.js';
import { waysToPay, whyNot, whyTooLarge, type WhyNot } from '../settings/why-not.js';

const sentences: Readonly<Record<WhyNot, string>> = {
  not_offered: 'This marketplace does not take that way to pay.',
  amount_too_large: whyTooLarge,
};

/** Says whether an order could be paid so, by the rule by which it is opened. What cards cannot say exactly leaves no order behind that nobody can pay. */
export const answerCheck = defineAnswer(paymentCheck, async (ctx: PaymentsContext, wish) => {
  const code = whyNot(wish, await waysToPay(ctx));
  if (code === null && wish.choice === PaymentChoice.STRIPE && !canTake(wish.amountMinor, wish.currency)) return { outcome: 'NOT_OFFERED' as const, code: 'not_offered' as const, why: 'Cards cannot take exactly this amount of this currency.' };
  return code === null ? { outcome: 'OFFERED' as const } : { outcome: 'NOT_OFFERED' as const, code, why: sentences[code] };
});
