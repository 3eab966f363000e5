import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { newId } from '../new-id.js';
import type { TestCard } from '../test-cards.js';

/** What a card is made with. */
export interface MethodDetails {
  readonly expMonth?: number | undefined;
  readonly expYear?: number | undefined;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
}

const expiry = { month: 12, yearsAhead: 4 } as const;

/** A payment method of a test card. */
export function newMethod(books: AccountBooks, card: TestCard, details: MethodDetails = {}): Stripe.PaymentMethod {
  const id = newId('payment_method');
  const created = books.around.now();
  const thisYear = new Date(created * 1_000).getUTCFullYear();
  books.putCard(id, { card: card.name, isSetUp: false, isSpent: false });
  return books.put('payment_method', {
    id, object: 'payment_method', allow_redisplay: 'unspecified',
    billing_details: { address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }, email: details.email ?? null, name: details.name ?? null, phone: null, tax_id: null },
    card: {
      brand: card.brand, checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' }, country: 'US', display_brand: card.brand,
      exp_month: details.expMonth ?? expiry.month, exp_year: details.expYear ?? thisYear + expiry.yearsAhead, fingerprint: `sim${card.number.slice(-4)}${card.brand}`, funding: 'credit',
      generated_from: null, last4: card.number.slice(-4), networks: { available: [card.brand], preferred: null }, regulated_status: 'unregulated', three_d_secure_usage: { supported: true }, wallet: null,
    },
    created, customer: null, customer_account: null, livemode: false, metadata: { ...details.metadata }, type: 'card',
  });
}
