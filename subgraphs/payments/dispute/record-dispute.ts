import { disputeOpened } from '@haat/schema/events/payments';
import { newId } from '@haat/kit/id';
import type { PaymentsTx } from '../context.js';
import { addFacts, deriveAgain } from '../payment/add-facts.js';
import { lockedAttempt } from '../payment/locked-payment.js';
import { EventKind } from '../payment/payment-enums.js';
import { AttemptRow, type PaymentRow } from '../payment/payment.row.js';
import type { DisputeSnapshot } from '../provider/payment-provider.js';
import { DisputeRow } from './dispute.row.js';

/** What may still follow where a dispute seemed to end, in the provider's words: all else is older news. What is lost may be appealed. */
const after: Readonly<Record<string, readonly string[]>> = {
  won: [], warning_closed: [], prevented: [], lost: ['appeal_needs_response', 'appeal_under_review', 'won'], appeal_needs_response: ['appeal_under_review', 'won', 'lost'], appeal_under_review: ['won', 'lost'],
};

/** Takes in a dispute, at whatever point it is first heard of. */
export async function recordDispute(tx: PaymentsTx, snapshot: DisputeSnapshot): Promise<void> {
  if (snapshot.paymentReference === null) return;
  const attempt = await tx.db.findOneBy(AttemptRow, { tenantId: tx.tenant.id, provider: 'STRIPE', reference: snapshot.paymentReference });
  const found = attempt && (await lockedAttempt(tx, attempt.id));
  if (!found) return;
  const { payment } = found;
  const { reference, amountMinor, at, outcome, reason } = snapshot;
  const fact = { reference, amountMinor, at, attemptId: found.attempt.id, code: reason };
  await addFacts(tx, payment, [{ ...fact, kind: EventKind.CHARGE_BACK }, ...(outcome === 'WON' ? [{ ...fact, kind: EventKind.CHARGE_BACK_REVERSE }] : [])]);
  await deriveAgain(tx, payment);
  await tx.db.save(Object.assign(payment, { version: payment.version + 1 }));
  await keep(tx, payment, snapshot);
}

async function keep(tx: PaymentsTx, payment: PaymentRow, { reference, status, reason, currency, amountMinor, evidenceDueAt }: DisputeSnapshot): Promise<void> {
  const known = await tx.db.findOneBy(DisputeRow, { tenantId: tx.tenant.id, reference });
  if (known) {
    if (known.status === status || after[known.status]?.includes(status) === false) return;
    return void (await tx.db.save(Object.assign(known, { status, reason, evidenceDueAt, version: known.version + 1 })));
  }
  const id = newId('dsp', tx.clock.now());
  await tx.db.insert(DisputeRow, { tenantId: tx.tenant.id, id, version: 1, paymentId: payment.id, reference, status, reason, currency, amountMinor, evidenceDueAt });
  await tx.emit(disputeOpened, {
    aggregate: { id, version: 1 },
    payload: { disputeId: id, paymentId: payment.id, orderId: payment.orderId, currency, amountMinor, reason, status, ...(evidenceDueAt && { evidenceDueAt: evidenceDueAt.toISOString() }) },
  });
}
