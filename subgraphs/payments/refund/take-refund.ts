import type { PaymentsTx } from '../context.js';
import { lockedAttempt } from '../payment/locked-payment.js';
import { AttemptRow } from '../payment/payment.row.js';
import { sharesOf } from '../payment/say-payment.js';
import { ProviderAway, type RefundSnapshot } from '../provider/payment-provider.js';
import { beginRefund } from './begin-refund.js';
import { recordRefund } from './record-refund.js';
import { isAskedAgain, partsAgain } from './redo-refund.js';
import { sharesOfAmount } from './refund-parts.js';
import { RefundStatus } from './refund-status.js';
import { RefundRow } from './refund.row.js';

/** Takes in a refund that the provider tells of. One that was made there by hand becomes one of ours: in the place of one that failed, or as an amount alone. */
export async function takeRefund(tx: PaymentsTx, snapshot: RefundSnapshot): Promise<void> {
  const { reference, refundId } = snapshot;
  const known = await tx.db.createQueryBuilder(RefundRow, 'r').where('r.id = :refundId or r.reference = :reference', { refundId, reference }).getOne();
  const id = known?.id ?? (await adopt(tx, snapshot));
  if (id !== null) await recordRefund(tx, id, snapshot);
}

async function adopt(tx: PaymentsTx, { reference, paymentReference, amountMinor, currency, status }: RefundSnapshot): Promise<string | null> {
  if (paymentReference === null || status === 'FAILED') return null;
  const attempt = await tx.db.findOneBy(AttemptRow, { tenantId: tx.tenant.id, provider: 'STRIPE', reference: paymentReference });
  const found = attempt && (await lockedAttempt(tx, attempt.id));
  if (!found) return null;
  const { payment } = found;
  const [wanted] = await tx.db.findBy(RefundRow, { tenantId: tx.tenant.id, attemptId: found.attempt.id, amountMinor, status: RefundStatus.REQUESTED, tries: 0 });
  // Nobody asked for it yet: it is done, and need not be asked for.
  if (wanted && currency === wanted.currency) return wanted.id;
  if (currency !== payment.currency || amountMinor > found.attempt.capturedMinor - found.attempt.refundReservedMinor) {
    tx.log.error({ payment: payment.id, reference, amountMinor, currency }, 'A refund was made at the provider that is above what we know to be left.');
    return null;
  }
  // Whether it is the one that is wanted again just now, the list at the provider tells whoever asks for that.
  if (await isAskedAgain(tx, payment.id, amountMinor)) throw new ProviderAway('A refund of the same amount is being asked for again.');
  const [failed] = await tx.db.createQueryBuilder(RefundRow, 'r').where('r.attemptId = :attemptId and r.amountMinor = :amountMinor and r.status = :status and r.replacedById is null', { attemptId: found.attempt.id, amountMinor, status: RefundStatus.FAILED })
    .orderBy('r.createdAt').addOrderBy('r.id').limit(1).getMany();
  const { lines, shares } = (failed && (await partsAgain(tx, failed))) ?? { lines: [], shares: sharesOfAmount(await sharesOf(tx, payment.id), amountMinor) };
  const [refund] = await beginRefund(tx, payment, { source: `provider:${reference}`, reason: failed?.reason ?? 'Made at the provider.', amountMinor, attemptId: found.attempt.id, lines, shares });
  if (failed) await tx.db.save(Object.assign(failed, { replacedById: refund?.id ?? null, dueAt: null }));
  return refund?.id ?? null;
}
