import type Stripe from 'stripe';
import { randomLetters } from '../new-id.js';
import { amountText } from '../amounts.js';
import type { Call } from '../api/call.js';
import { mergedMetadata, readParams } from '../api/read-params.js';
import { notNow, wrongParameter } from '../refusal.js';
import { idOf } from './id-of.js';
import { captureParams } from './intent-params.js';

/** `POST /v1/payment_intents/:id/capture`: takes what was held or a part of it; the rest is let go. */
export function captureIntent({ books, form, id }: Call): object {
  const params = readParams(form, captureParams);
  const intent = books.get('payment_intent', id);
  if (intent.status !== 'requires_capture') throw notCapturable(intent);
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  checkCapture(amount, intent);
  const charge = books.get('charge', idOf(intent.latest_charge) ?? '');
  const captured = books.put('charge', { ...charge, captured: true, amount_captured: amount, balance_transaction: `txn_${randomLetters(24)}` });
  books.tell('charge.captured', captured);
  const paid = books.put('payment_intent', { ...intent, status: 'succeeded', amount_capturable: 0, amount_received: amount, metadata: mergedMetadata(intent.metadata, params.metadata) });
  books.tell('payment_intent.succeeded', paid);
  return paid;
}

function checkCapture(amount: number, { amount_capturable: held, currency }: Stripe.PaymentIntent): void {
  if (amount < 1) throw wrongParameter('This value must be greater than or equal to 1.', 'amount_to_capture', 'parameter_invalid_integer');
  if (amount > held) throw wrongParameter(`The provided amount_to_capture (${amountText(amount, currency)}) is greater than the amount that can be captured (${amountText(held, currency)}).`, 'amount_to_capture', 'amount_too_large');
}

function notCapturable(intent: Stripe.PaymentIntent): Error {
  const message = `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`;
  return notNow(message, 'payment_intent_unexpected_state', { payment_intent: intent });
}
