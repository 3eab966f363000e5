import { paymentFailed } from '@haat/schema/events/payments';
import type { PaymentsTx } from '../context.js';
import { dueOf, type NewFact } from './add-facts.js';
import { EventKind, PaymentStatus } from './payment-enums.js';
import type { AttemptRow, PaymentRow } from './payment.row.js';
import { sayPayment } from './say-payment.js';

/** Why a try failed whose promise was let go by its provider, by the bank, or by somebody there: what payments say, and orders go by. */
export const promiseLapsed = 'promise_lapsed';

/** Whether what was promised is gone though it is still due, and we did not call it off ourselves: `wish` is what we wanted of the provider when the news came. */
export async function hasLapsed(tx: PaymentsTx, payment: PaymentRow, { authorizedAt, wish, added }: Pick<AttemptRow, 'authorizedAt' | 'wish'> & { readonly added: readonly NewFact[] }): Promise<boolean> {
  const isOver = authorizedAt !== null && wish !== 'CANCEL' && added.some(({ kind }) => kind === EventKind.CANCEL_SUCCESS);
  return isOver && payment.capturedMinor + payment.authorizedMinor === 0 && payment.status !== PaymentStatus.EXPIRED && (await dueOf(tx, payment)) > 0;
}

/** Says it: what was confirmed by the promise is not paid any more. */
export async function sayLapsed(tx: PaymentsTx, payment: PaymentRow, attempt: AttemptRow): Promise<void> {
  const reason = 'The provider let go of the promised money.';
  await tx.db.save(Object.assign(attempt, { errorCode: promiseLapsed, errorMessage: reason }));
  await sayPayment(tx, payment, paymentFailed, { code: promiseLapsed, reason });
}
