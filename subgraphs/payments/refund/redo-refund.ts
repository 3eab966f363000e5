import { badInput, notFound } from '@haat/kit/refusal';
import type { PaymentsTx } from '../context.js';
import { LineRow, type PaymentRow } from '../payment/payment.row.js';
import { sharesOf } from '../payment/say-payment.js';
import type { RefundWish } from './begin-refund.js';
import { leftOf } from './refund-parts.js';
import { RefundStatus } from './refund-status.js';
import { RefundRow } from './refund.row.js';

/** What of a refund is wanted again. */
export type RefundParts = Pick<RefundWish, 'amountMinor' | 'lines' | 'shares' | 'attemptId'>;

/** A refund of a payment that failed, to be done again. Refused where it is none of it, or did not fail. */
export async function failedRefund(tx: PaymentsTx, { id: paymentId }: PaymentRow, id: string): Promise<RefundRow> {
  const refund = await tx.db.findOneBy(RefundRow, { tenantId: tx.tenant.id, id, paymentId });
  if (!refund) throw notFound('refund');
  if (refund.status !== RefundStatus.FAILED) throw badInput([{ path: ['input', 'refundId'], message: `expected a refund that failed, came one that is ${refund.status}` }]);
  return refund;
}

/** The same money of the same shares, lines and try, or null where one of them has not that much left. */
export async function partsAgain(tx: PaymentsTx, { paymentId, amountMinor, lines, shares, attemptId }: RefundRow): Promise<RefundParts | null> {
  const [shareRows, lineRows] = [await sharesOf(tx, paymentId), await tx.db.findBy(LineRow, { tenantId: tx.tenant.id, paymentId })];
  const hasShares = shares.every((part) => shareRows.some((share) => share.id === part.vendorOrderId && part.amountMinor <= leftOf(share)));
  const hasLines = lines.every((part) => lineRows.some((line) => line.id === part.orderLineId && part.quantity <= line.quantity - line.refundedQuantity && part.amountMinor <= line.totalMinor - line.refundedMinor));
  return hasShares && hasLines ? { amountMinor, lines, shares, ...(attemptId !== null && { attemptId }) } : null;
}

/** Whether a refund of this amount failed before and is wanted again, and its provider has not answered yet. */
export async function isAskedAgain(tx: PaymentsTx, paymentId: string, amountMinor: number): Promise<boolean> {
  const rows: unknown[] = await tx.db.query(
    `select 1 from refund f join refund r on r.tenant_id = f.tenant_id and r.id = f.replaced_by_id where f.payment_id = $1 and r.status = 'REQUESTED' and r.reference is null and r.amount_minor = $2 limit 1`, [paymentId, amountMinor]);
  return rows.length > 0;
}
