import type Stripe from 'stripe';

/** An event as it is listed and sent. */
export interface EventRecord {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly data: { readonly object: object; readonly previous_attributes?: object };
  readonly livemode: false;
  /** 1 while its webhook was not taken. */
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: string;
}

/** The kinds of objects that are kept, by the name Stripe gives each in `object`. */
export interface Kinds {
  payment_intent: Stripe.PaymentIntent;
  setup_intent: Stripe.SetupIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  customer: Stripe.Customer | Stripe.DeletedCustomer;
  payment_method: Stripe.PaymentMethod;
  dispute: Stripe.Dispute;
  event: EventRecord;
}

/** The name of a kind. */
export type Kind = keyof Kinds;

/** How an id begins, by kind. */
export const prefixes: Readonly<Record<Kind, string>> = {
  payment_intent: 'pi', setup_intent: 'seti', charge: 'ch', refund: 're', customer: 'cus', payment_method: 'pm', dispute: 'du', event: 'evt',
};

/** The kind that an id is of; undefined where it begins like none. */
export function kindOf(id: string): Kind | undefined {
  const prefix = id.slice(0, id.indexOf('_'));
  return (Object.keys(prefixes) as Kind[]).find((kind) => prefixes[kind] === prefix);
}
