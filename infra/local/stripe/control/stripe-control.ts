import type Stripe from 'stripe';
import type { Fault, FaultRequest } from '../faults.js';
import type { EventRecord } from '../kinds.js';
import type { NotedRequest } from '../desk.js';
import type { AccountSettings } from '../simulator-options.js';
import type { Delivery } from '../webhooks/webhooks.js';

/** An account as the control endpoints tell it. */
export interface AccountSeen extends Omit<AccountSettings, 'webhookSecret' | 'webhookUrl'> {
  readonly webhookUrl: string | null;
  readonly webhookSecrets: readonly string[];
}

/** Tells the simulator over HTTP what to do, from this process or another. */
export interface StripeControl {
  /** Makes something go wrong, as often as it says. */
  fault(fault: FaultRequest): Promise<Fault>;
  faults(): Promise<Fault[]>;
  /** Takes back the faults that did not strike yet. */
  clearFaults(): Promise<void>;
  /** The requests that were made, the oldest first. */
  requests(): Promise<NotedRequest[]>;
  clearRequests(): Promise<void>;
  /** The tries to tell shops, the oldest first. */
  deliveries(): Promise<Delivery[]>;
  clearDeliveries(): Promise<void>;
  /** Sends what a `reorder` holds, the latest first. */
  release(): Promise<void>;
  /** Sends an event once more. */
  resend(eventId: string): Promise<EventRecord>;
  /** All accounts, with the keys a test may want to act by. */
  accounts(): Promise<AccountSeen[]>;
  /** Where webhooks go, and what they are signed with: two secrets while one takes the other's place. */
  account(name: string, change: { readonly webhookUrl?: string; readonly webhookSecrets?: readonly string[] }): Promise<void>;
  /** Pays an open intent as its buyer would; a decline is the intent with `last_payment_error`. The card is a name such as `visa`, a number, or a saved method. */
  pay(intentId: string, card: string, returnUrl?: string): Promise<Stripe.PaymentIntent>;
  /** Completes or fails 3-D Secure of a PaymentIntent or a SetupIntent. */
  authenticate(intentId: string, isDone: boolean): Promise<Stripe.PaymentIntent | Stripe.SetupIntent>;
  /** Makes an open intent one of another amount or currency than the shop's. */
  change(intentId: string, what: { readonly amount?: number; readonly currency?: string }): Promise<Stripe.PaymentIntent>;
  /** Ends what is `processing`. */
  settle(intentId: string, isPaid: boolean): Promise<Stripe.PaymentIntent>;
  /** Calls an intent off at Stripe, behind the shop's back. */
  cancel(intentId: string, reason?: string): Promise<Stripe.PaymentIntent>;
  /** Lets an intent run out: a held amount is let go. */
  expire(intentId: string): Promise<Stripe.PaymentIntent>;
  dispute(intentId: string, more?: { readonly reason?: string; readonly amount?: number }): Promise<Stripe.Dispute>;
  closeDispute(disputeId: string, status: 'won' | 'lost'): Promise<Stripe.Dispute>;
  /** Ends a refund, also one that seemed done. */
  endRefund(refundId: string, status: 'succeeded' | 'failed', reason?: string): Promise<Stripe.Refund>;
}

/** The control of the simulator at a URL. What it refuses is thrown, with what it said. */
export function stripeControl(url: string): StripeControl {
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/_control${path}`, { method, ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`The simulator refused ${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const post = <T>(path: string, body?: object): Promise<T> => ask<T>('POST', path, body);
  const done = async (asked: Promise<unknown>): Promise<void> => void (await asked);
  return {
    fault: (fault) => post('/faults', fault),
    faults: () => ask('GET', '/faults'),
    clearFaults: () => done(ask('DELETE', '/faults')),
    requests: () => ask('GET', '/requests'),
    clearRequests: () => done(ask('DELETE', '/requests')),
    deliveries: () => ask('GET', '/deliveries'),
    clearDeliveries: () => done(ask('DELETE', '/deliveries')),
    release: () => done(post('/webhooks/release')),
    resend: (id) => post(`/events/${id}/resend`),
    accounts: () => ask('GET', '/accounts'),
    account: (name, change) => done(post(`/accounts/${name}`, change)),
    pay: (id, card, returnUrl) => post(`/intents/${id}/pay`, { card, returnUrl }),
    authenticate: (id, isDone) => post(`/intents/${id}/authenticate`, { done: isDone }),
    change: (id, what) => post(`/intents/${id}/change`, what),
    settle: (id, isPaid) => post(`/intents/${id}/settle`, { paid: isPaid }),
    cancel: (id, reason) => post(`/intents/${id}/cancel`, { reason }),
    expire: (id) => post(`/intents/${id}/expire`),
    dispute: (intent, more) => post('/disputes', { intent, ...more }),
    closeDispute: (id, status) => post(`/disputes/${id}/close`, { status }),
    endRefund: (id, status, reason) => post(`/refunds/${id}`, { status, reason }),
  };
}
