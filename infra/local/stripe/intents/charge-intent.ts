import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { openDispute } from '../disputes/open-dispute.js';
import { cardOf } from '../methods/method-of.js';
import { declineIntent } from './decline-intent.js';
import { idOf } from './id-of.js';
import { newCharge } from './new-charge.js';

/** How a charge comes about. */
export interface Charging {
  /** Its holder authenticated. */
  readonly isAuthenticated?: boolean;
  /** It was in the works before. */
  readonly isSettled?: boolean;
}

/** Asks the card for the amount of the intent: what its bank says becomes of the intent. */
export function chargeIntent(books: AccountBooks, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, { isAuthenticated = false, isSettled = false }: Charging = {}): Stripe.PaymentIntent {
  const { card } = cardOf(books, method.id);
  if (card.isSlow && !isSettled) return inTheWorks(books, intent);
  if (card.decline) return declineIntent(books, intent, method, card.decline);
  const charge = newCharge(books, intent, method, null, isAuthenticated);
  books.tell('charge.succeeded', charge);
  const isHeld = intent.capture_method === 'manual';
  const paid = books.put('payment_intent', {
    ...intent, status: isHeld ? 'requires_capture' : 'succeeded', amount_capturable: isHeld ? intent.amount : 0, amount_received: isHeld ? 0 : intent.amount,
    latest_charge: charge.id, last_payment_error: null, next_action: null, processing: null,
  });
  books.tell(isHeld ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', paid);
  useMethod(books, paid, method, isAuthenticated);
  if (card.dispute) openDispute(books, charge, { reason: card.dispute });
  return paid;
}

function inTheWorks(books: AccountBooks, intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
  const slow = books.put('payment_intent', { ...intent, status: 'processing', processing: { type: 'card', card: {} }, next_action: null });
  books.tell('payment_intent.processing', slow);
  return slow;
}

/** A method of nobody is spent by one charge; one that is wanted later becomes its customer's. */
function useMethod(books: AccountBooks, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, isAuthenticated: boolean): void {
  const { facts } = cardOf(books, method.id);
  const customer = idOf(intent.customer);
  const isWanted = intent.setup_future_usage !== null && customer !== null;
  books.putCard(method.id, { ...facts, isSetUp: facts.isSetUp || (isWanted && isAuthenticated), isSpent: method.customer === null && !isWanted });
  if (isWanted && method.customer === null) books.tell('payment_method.attached', books.put('payment_method', { ...method, customer }));
}
