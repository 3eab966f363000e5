import type { EventContract } from '@haat/schema/event';
import type { PaymentState } from '@haat/schema/events/payments';
import type { PaymentsTx } from '../context.js';
import { type PaymentRow, ShareRow } from './payment.row.js';

/** The shares of a payment, in the order of the order. */
export function sharesOf(tx: Pick<PaymentsTx, 'db' | 'tenant'>, paymentId: string): Promise<ShareRow[]> {
  return tx.db.find(ShareRow, { where: { tenantId: tx.tenant.id, paymentId }, order: { position: 'ASC' } });
}

/** Says what happened to a payment, and keeps the payment: each event has a version of its own. */
export async function sayPayment<P extends PaymentState>(tx: PaymentsTx, payment: PaymentRow, contract: EventContract<P>, more: Omit<P, keyof PaymentState>): Promise<void> {
  payment.version += 1;
  await tx.db.save(payment);
  const payload = { ...stateOf(payment, await sharesOf(tx, payment.id)), ...more } as unknown as P;
  await tx.emit(contract, { aggregate: { id: payment.id, version: payment.version }, payload });
}

/** A payment's whole state, as its events have it. */
export function stateOf(payment: PaymentRow, shares: readonly ShareRow[]): PaymentState {
  const { id, orderId, provider, status, userId, guestKey, currency, amountMinor, authorizedMinor, capturedMinor, refundedMinor, expiresAt } = payment;
  return {
    paymentId: id, orderId, provider, status, buyer: { userId, guestKey }, currency, amountMinor, authorizedMinor, capturedMinor, refundedMinor,
    shares: shares.map((share) => ({ vendorOrderId: share.id, vendorId: share.vendorId, amountMinor: share.amountMinor, capturedMinor: share.capturedMinor, refundedMinor: share.refundedMinor })),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}
