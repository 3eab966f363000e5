import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { idOf } from '../intents/id-of.js';
import { notNow } from '../refusal.js';

/** A refund comes to its end: paid out, or given back by the card's bank, also after it seemed to be done. */
export function endRefund(books: AccountBooks, id: string, status: 'succeeded' | 'failed', reason = 'lost_or_stolen_card'): Stripe.Refund {
  const refund = books.get('refund', id);
  if (refund.status === status || refund.status === 'failed') throw notNow(`This refund has a status of ${refund.status ?? 'nothing'}.`, 'refund_unexpected_state');
  const before = { status: refund.status };
  if (status === 'succeeded') {
    const done = books.put('refund', { ...refund, status });
    books.tell('refund.updated', done, before);
    books.tell('charge.refund.updated', done, before);
    return done;
  }
  const failed = books.put('refund', { ...refund, status, failure_reason: reason, failure_balance_transaction: `${refund.id.replace('re_', 'txn_')}` });
  takeBack(books, failed);
  books.tell('refund.failed', failed, before);
  books.tell('charge.refund.updated', failed, before);
  return failed;
}

/** What was not refunded after all can be refunded again. */
function takeBack(books: AccountBooks, refund: Stripe.Refund): void {
  const charge = books.get('charge', idOf(refund.charge) ?? '');
  books.put('charge', { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
}
