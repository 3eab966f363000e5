import { boundary } from '@haat/kit/boundary';
import Stripe from 'stripe';
import type { StripeAccount } from '../account/account-of.js';
import type { PaymentsConfig } from '../config.js';
import { ProviderAway, ProviderRefused, type PaymentProvider, type PaymentSnapshot } from '../provider/payment-provider.js';
import { toStripeAmount } from './stripe-amount.js';
import { methodSnapshot, paymentSnapshot, refundSnapshot, setupSnapshot } from './stripe-snapshot.js';

/** Refunds of one payment that Stripe lists at once. */
const refundsMax = 100;

/** Clients by account: each keeps its connections. */
const clients = new Map<string, Stripe>();

/** Stripe, for one account. Each request is made once: whoever calls repeats it under the same key, or asks what became of it. */
export function stripeProvider(account: StripeAccount, config: PaymentsConfig, now: () => Date): PaymentProvider {
  const stripe = clientOf(account, config);
  const snapshot = (intent: Stripe.PaymentIntent): PaymentSnapshot => paymentSnapshot(intent, now());
  return {
    open: ({ attemptId, orderId, orderNumber, tenantId, amountMinor, currency, captureMode, customerReference }) => called(async () => snapshot(await stripe.paymentIntents.create({
      amount: toStripeAmount(amountMinor, currency), currency: currency.toLowerCase(), capture_method: captureMode === 'MANUAL' ? 'manual' : 'automatic', allowed_payment_method_types: ['card'],
      description: `Order ${orderNumber}`, metadata: { tenant: tenantId, order: orderId, attempt: attemptId }, ...(customerReference && { customer: customerReference }),
    }, { idempotencyKey: attemptId }))),
    read: (reference) => called(async () => snapshot(await stripe.paymentIntents.retrieve(reference))),
    confirm: (reference, { methodReference, key }) => called(() => orDeclined(async () => snapshot(await stripe.paymentIntents.confirm(reference, { payment_method: methodReference }, { idempotencyKey: key })), snapshot)),
    capture: (reference, { amountMinor, currency, key }) => called(() => orAsItIs(async () => snapshot(await stripe.paymentIntents.capture(reference, { amount_to_capture: toStripeAmount(amountMinor, currency) }, { idempotencyKey: key })), snapshot)),
    cancel: (reference, key) => called(() => orAsItIs(async () => snapshot(await stripe.paymentIntents.cancel(reference, {}, { idempotencyKey: key })), snapshot)),
    refund: ({ refundId, paymentReference, amountMinor, currency }) => called(async () => refundSnapshot(await stripe.refunds.create(
      { payment_intent: paymentReference, amount: toStripeAmount(amountMinor, currency), metadata: { refund: refundId } }, { idempotencyKey: refundId }), now())),
    readRefund: (reference) => called(async () => refundSnapshot(await stripe.refunds.retrieve(reference), now())),
    listRefunds: (paymentReference) => called(async () => (await stripe.refunds.list({ payment_intent: paymentReference, limit: refundsMax })).data.map((refund) => refundSnapshot(refund, now()))),
    makeCustomer: (userId, tenantId) => called(async () => (await stripe.customers.create({ metadata: { user: userId, tenant: tenantId } }, { idempotencyKey: `customer:${tenantId}:${userId}` })).id),
    beginSetup: ({ userId, customerReference, key }) => called(async () => setupSnapshot(await stripe.setupIntents.create(
      { customer: customerReference, allowed_payment_method_types: ['card'], usage: 'on_session', metadata: { user: userId } }, { idempotencyKey: key }))),
    readSetup: (reference) => called(async () => setupSnapshot(await stripe.setupIntents.retrieve(reference))),
    readMethod: (reference, customerReference) => called(async () => methodSnapshot(await stripe.paymentMethods.retrieve(reference), customerReference)),
    forgetMethod: (reference) => called(() => orGone(async () => void (await stripe.paymentMethods.detach(reference, {}, { idempotencyKey: `detach:${reference}` })))),
    forgetCustomer: (reference) => called(() => orGone(async () => void (await stripe.customers.del(reference)))),
  };
}

function clientOf({ secretKey }: StripeAccount, { STRIPE_API_BASE, STRIPE_TIMEOUT_MS }: PaymentsConfig): Stripe {
  const key = JSON.stringify([secretKey, STRIPE_API_BASE, STRIPE_TIMEOUT_MS]);
  const known = clients.get(key);
  if (known) return known;
  const { protocol, hostname, port } = new URL(STRIPE_API_BASE);
  const isPlain = protocol === 'http:';
  const made = new Stripe(secretKey, { protocol: isPlain ? 'http' : 'https', host: hostname, port: port || (isPlain ? 80 : 443), timeout: STRIPE_TIMEOUT_MS, maxNetworkRetries: 0, telemetry: false });
  clients.set(key, made);
  return made;
}

/** Tells a refusal, which stays one, from a request of which nobody knows what became of it. */
async function called<T>(work: () => Promise<T>): Promise<T> {
  try {
    await boundary('payments/stripe:before');
    const answer = await work();
    await boundary('payments/stripe:after');
    return answer;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const mayPass = error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError
      || error.statusCode === undefined || error.statusCode >= 500 || [409, 429].includes(error.statusCode);
    if (mayPass) throw new ProviderAway(`Stripe could not be asked: ${error.code ?? error.type}.`, { cause: error });
    throw new ProviderRefused(error.code ?? error.type, error.message.slice(0, 500));
  }
}

/** A declined card comes as an error that holds the payment. */
async function orDeclined(work: () => Promise<PaymentSnapshot>, snapshot: (intent: Stripe.PaymentIntent) => PaymentSnapshot): Promise<PaymentSnapshot> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError && error.payment_intent) return snapshot(error.payment_intent);
    return inAnotherState(error, snapshot);
  }
}

/** What cannot be done any more comes as an error that holds the payment as it is. */
async function orAsItIs(work: () => Promise<PaymentSnapshot>, snapshot: (intent: Stripe.PaymentIntent) => PaymentSnapshot): Promise<PaymentSnapshot> {
  return work().catch((error: unknown) => inAnotherState(error, snapshot));
}

/** What is not there any more is what was wanted. Detaching twice is refused as a bad request. */
async function orGone(work: () => Promise<void>): Promise<void> {
  return work().catch((error: unknown) => {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && (error.code === 'resource_missing' || error.statusCode === 404 || /not attached/.test(error.message))) return;
    throw error;
  });
}

function inAnotherState(error: unknown, snapshot: (intent: Stripe.PaymentIntent) => PaymentSnapshot): PaymentSnapshot {
  if (error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state' && error.payment_intent) return snapshot(error.payment_intent);
  throw error;
}
