import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { confirmWith } from '../intents/confirm-intent.js';
import { mayRedirect } from '../intents/next-action.js';
import { missing, StripeRefusal } from '../refusal.js';
import { confirmSetupWith } from '../setups/confirm-setup.js';
import { methodNamed } from '../methods/method-of.js';
import { newMethod } from '../methods/new-method.js';
import { testCard } from '../test-cards.js';

/** With what a person pays. */
export interface Paying {
  /** A test card's name or number, or the id of a saved method. */
  readonly card: string;
  readonly returnUrl?: string | undefined;
}

/** Pays or sets up as a person with a browser would. A decline is no refusal here: the intent tells it. */
export function payIntent(books: AccountBooks, id: string, { card, returnUrl }: Paying): Stripe.PaymentIntent | Stripe.SetupIntent {
  const known = testCard(card);
  const isSetup = id.startsWith('seti_');
  const intent = books.get(isSetup ? 'setup_intent' : 'payment_intent', id);
  if (!known && !card.startsWith('pm_')) throw missing('test card', card, 'card');
  const method = known ? newMethod(books, known) : methodNamed(books, card);
  const params = { payment_method: method.id, return_url: returnUrl ?? (mayRedirect(intent) ? `${books.around.url()}/pay/${books.settings.name}/${id}` : undefined) };
  try {
    return intent.object === 'setup_intent' ? confirmSetupWith(books, intent, params, true) : confirmWith(books, intent, params, true);
  } catch (error) {
    if (error instanceof StripeRefusal && error.status === 402) return books.get(intent.object, id);
    throw error;
  }
}
