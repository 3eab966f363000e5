import type Stripe from 'stripe';
import { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import { amountText } from '../amounts.js';
import type { Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { anywhere, integer, mergedMetadata, metadata, paging, readParams, text } from '../api/read-params.js';
import { idOf } from '../intents/id-of.js';
import { cardOf } from '../methods/method-of.js';
import { newId, randomLetters } from '../new-id.js';
import { missing, notNow, StripeRefusal, wrongParameter } from '../refusal.js';
import { endRefund } from './end-refund.js';

const createParams = z.strictObject({
  ...anywhere, payment_intent: text.optional(), charge: text.optional(), amount: integer.optional(), reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(), metadata: metadata.optional(),
});
const listParams = z.strictObject({ ...paging, payment_intent: text.optional(), charge: text.optional() });
const changeParams = z.strictObject({ ...anywhere, metadata: metadata.optional() });

/** `POST /v1/refunds`: gives back a charge or a part of it. */
export function createRefund({ books, form }: Call): object {
  const params = readParams(form, createParams);
  const charge = chargeFor(books, params);
  const amount = params.amount ?? charge.amount_captured - charge.amount_refunded;
  checkRefund(charge, amount);
  const { card } = cardOf(books, charge.payment_method ?? '');
  const refund = books.put('refund', {
    id: newId('refund'), object: 'refund', amount, balance_transaction: `txn_${randomLetters(24)}`, charge: charge.id, created: books.around.now(), currency: charge.currency, customer: idOf(charge.customer), customer_account: null,
    destination_details: { card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' }, type: 'card' }, metadata: mergedMetadata(null, params.metadata), payment_intent: idOf(charge.payment_intent),
    payment_method: charge.payment_method, reason: params.reason ?? null, receipt_number: null, source_transfer_reversal: null, status: card.refund === 'pends' ? 'pending' : 'succeeded', transfer_reversal: null,
  });
  const refunded = charge.amount_refunded + amount;
  const changed = books.put('charge', { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured });
  books.tell('refund.created', refund);
  books.tell('charge.refunded', changed, { amount_refunded: charge.amount_refunded });
  if (card.refund) books.around.later(() => endByItself(books, refund.id, card.refund === 'pends' ? 'succeeded' : 'failed'));
  return refund;
}

/** `GET /v1/refunds/:id`. */
export function readRefund({ books, form, id }: Call): object {
  readParams(form, z.strictObject(anywhere));
  return books.get('refund', id);
}

/** `POST /v1/refunds/:id`. */
export function changeRefund({ books, form, id }: Call): object {
  const params = readParams(form, changeParams);
  const refund = books.get('refund', id);
  const changed = books.put('refund', { ...refund, metadata: mergedMetadata(refund.metadata, params.metadata) });
  books.tell('refund.updated', changed);
  return changed;
}

/** `GET /v1/refunds`. */
export function listRefunds({ books, form }: Call): object {
  const params = readParams(form, listParams);
  const isWanted = (refund: Stripe.Refund): boolean => (params.payment_intent ?? refund.payment_intent) === refund.payment_intent && (params.charge ?? refund.charge) === refund.charge;
  return listPage('/v1/refunds', books.all('refund').filter(isWanted), params);
}

function chargeFor(books: AccountBooks, { payment_intent: intentId, charge: chargeId }: z.infer<typeof createParams>): Stripe.Charge {
  if (intentId !== undefined && chargeId !== undefined) throw wrongParameter('You may only specify one of these parameters: charge, payment_intent.', 'charge');
  if (chargeId !== undefined) return books.get('charge', chargeId, 'charge');
  if (intentId === undefined) throw wrongParameter('One of the following params should be provided for this request: payment_intent or charge.', 'payment_intent', 'parameter_missing');
  const intent = books.get('payment_intent', intentId, 'payment_intent');
  if (intent.status !== 'succeeded') throw notNow(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, 'payment_intent_unexpected_state', { payment_intent: intent, param: 'payment_intent' });
  const charge = idOf(intent.latest_charge);
  if (charge === null) throw missing('charge', intentId, 'payment_intent');
  return books.get('charge', charge);
}

function checkRefund(charge: Stripe.Charge, amount: number): void {
  const left = charge.amount_captured - charge.amount_refunded;
  if (!charge.captured) throw notNow(`Charge ${charge.id} was not captured and cannot be refunded.`, 'charge_not_refundable');
  if (charge.disputed) throw notNow(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed');
  if (left === 0) throw notNow(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
  if (amount < 1) throw wrongParameter('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
  if (amount > left) throw tooMuch(charge, amount, left);
}

function tooMuch({ currency, amount_refunded: refunded }: Stripe.Charge, amount: number, left: number): StripeRefusal {
  const what = refunded > 0 ? 'unrefunded amount on charge' : 'charge amount';
  return new StripeRefusal(400, { type: 'invalid_request_error', param: 'amount', message: `Refund amount (${amountText(amount, currency)}) is greater than ${what} (${amountText(left, currency)})` });
}

/** By now somebody may have ended it otherwise. */
function endByItself(books: AccountBooks, id: string, status: 'succeeded' | 'failed'): void {
  books.during({ id: null, idempotency_key: null }, () => {
    const isOver = books.get('refund', id).status === 'failed' || (status === 'succeeded' && books.get('refund', id).status !== 'pending');
    if (!isOver) endRefund(books, id, status);
  });
}
