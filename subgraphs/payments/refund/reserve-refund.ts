import type { PaymentsTx } from '../context.js';
import { AttemptRow, type PaymentRow } from '../payment/payment.row.js';
import type { RefundRow } from './refund.row.js';

/** Sets a refund's money aside at the payment, its try, its shares and its lines; or, with −1, gives it free again. The database refuses more than there is. */
export async function reserveRefund(tx: PaymentsTx, payment: PaymentRow, refund: RefundRow, sign: 1 | -1): Promise<void> {
  const { id: paymentId } = payment;
  payment.refundReservedMinor += sign * refund.amountMinor;
  await tx.db.save(payment);
  if (refund.attemptId !== null) await tx.db.increment(AttemptRow, { tenantId: tx.tenant.id, id: refund.attemptId }, 'refundReservedMinor', sign * refund.amountMinor);
  for (const { vendorOrderId, amountMinor } of refund.shares) {
    await tx.db.query('update payment_share set refund_reserved_minor = refund_reserved_minor + $3, version = version + 1, updated_at = now() where payment_id = $1 and id = $2', [paymentId, vendorOrderId, sign * amountMinor]);
  }
  for (const { orderLineId, quantity, amountMinor } of refund.lines) {
    await tx.db.query(
      'update payment_line set refunded_quantity = refunded_quantity + $3, refunded_minor = refunded_minor + $4, version = version + 1, updated_at = now() where payment_id = $1 and id = $2',
      [paymentId, orderLineId, sign * quantity, sign * amountMinor]);
  }
}
