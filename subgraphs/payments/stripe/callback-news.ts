import type Stripe from 'stripe';
import type { CallbackNews, PaymentProvider, RefundSnapshot } from '../provider/payment-provider.js';
import { disputeSnapshot, paymentSnapshot, refundSnapshot, setupSnapshot } from './stripe-snapshot.js';

/**
 * What a callback tells, by the object it carries. Of a charge that was refunded the refunds are asked for: it carries none. What was refunded there by
 * hand may be heard of before the payment itself, and of how it ended before of how it began: both are asked for.
 */
export async function newsOf(event: Stripe.Event, provider: PaymentProvider): Promise<CallbackNews[]> {
  const at = new Date(event.created * 1_000);
  const thing = event.data.object as Stripe.Event.Data.Object & { readonly object?: string };
  switch (thing.object) {
    case 'payment_intent': return [{ about: 'PAYMENT', snapshot: paymentSnapshot(thing as unknown as Stripe.PaymentIntent, at) }];
    case 'refund': return ofRefund(refundSnapshot(thing as unknown as Stripe.Refund, at), provider);
    case 'dispute': return [{ about: 'DISPUTE', snapshot: disputeSnapshot(thing as unknown as Stripe.Dispute, at) }];
    case 'setup_intent': return ofSetup(thing as unknown as Stripe.SetupIntent, provider);
    case 'charge': return event.type === 'charge.refunded' ? ofRefundedCharge(thing as unknown as Stripe.Charge, provider) : [];
    default: return [];
  }
}

async function ofSetup(setup: Stripe.SetupIntent, provider: PaymentProvider): Promise<CallbackNews[]> {
  const snapshot = setupSnapshot(setup);
  if (!snapshot.isDone || snapshot.methodReference === null || snapshot.customerReference === null) return [];
  return [{ about: 'SETUP', snapshot, method: await provider.readMethod(snapshot.methodReference, snapshot.customerReference) }];
}

async function ofRefundedCharge({ payment_intent: payment }: Stripe.Charge, provider: PaymentProvider): Promise<CallbackNews[]> {
  const reference = typeof payment === 'string' ? payment : payment?.id;
  if (reference === undefined) return [];
  return ofRefunds(await provider.listRefunds(reference), provider);
}

async function ofRefund(told: RefundSnapshot, provider: PaymentProvider): Promise<CallbackNews[]> {
  const isOurs = told.refundId !== null || told.paymentReference === null;
  return ofRefunds([isOurs ? told : { ...(await provider.readRefund(told.reference)), at: told.at }], provider);
}

async function ofRefunds(refunds: readonly RefundSnapshot[], provider: PaymentProvider): Promise<CallbackNews[]> {
  const reference = refunds.find(({ refundId, paymentReference, status }) => refundId === null && paymentReference !== null && status !== 'FAILED')?.paymentReference ?? null;
  const payment: CallbackNews[] = reference === null ? [] : [{ about: 'PAYMENT', snapshot: await provider.read(reference) }];
  return [...payment, ...refunds.map((snapshot): CallbackNews => ({ about: 'REFUND', snapshot }))];
}
