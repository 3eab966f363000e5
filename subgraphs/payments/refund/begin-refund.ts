import { newId } from '@haat/kit/id';
import { invariant } from '@haat/kit/invariant';
import type { PaymentsTx } from '../context.js';
import { addFacts } from '../payment/add-facts.js';
import { EventKind } from '../payment/payment-enums.js';
import { AttemptRow, PaymentRow } from '../payment/payment.row.js';
import { recordRefund } from './record-refund.js';
import { splitShares } from './refund-parts.js';
import { RefundStatus } from './refund-status.js';
import { RefundRow, type RefundLine, type RefundShare } from './refund.row.js';
import { reserveRefund } from './reserve-refund.js';

/** Money that shall go back. */
export interface RefundWish {
  /** One refund per source: wanted again, it is the one there is. Has no `#`: what follows one numbers the refunds of several tries. */
  readonly source: string;
  readonly reason: string;
  readonly amountMinor: number;
  readonly lines: readonly RefundLine[];
  readonly shares: readonly RefundShare[];
  /** The try whose money goes back, where it matters. */
  readonly attemptId?: string;
  /** Set where somebody says that cash was handed back. */
  readonly isPaidByHand?: boolean;
  /** When the job asks the provider, unless whoever wants it did; now where nothing is said. */
  readonly dueAt?: Date;
}

/** Writes down money to go back, of the tries that took it, and sets it aside. Nobody is asked yet. The payment must be locked, and have that much left. */
export async function beginRefund(tx: PaymentsTx, payment: PaymentRow, wish: RefundWish): Promise<RefundRow[]> {
  const known = await tx.db.createQueryBuilder(RefundRow, 'r').where('r.paymentId = :paymentId and (r.source = :source or starts_with(r.source, :more))', { paymentId: payment.id, source: wish.source, more: `${wish.source}#` }).orderBy('r.source').getMany();
  if (known.length > 0 || wish.amountMinor <= 0) return known;
  invariant(wish.amountMinor <= payment.capturedMinor - payment.refundReservedMinor, `Payment ${payment.id} has not ${wish.amountMinor} left to be refunded.`);
  const refunds: RefundRow[] = [];
  let { lines, shares } = wish;
  for (const { attempt, amountMinor } of await sources(tx, payment, wish)) {
    const [own, others] = splitShares(shares, amountMinor);
    refunds.push(await write(tx, payment, { ...wish, source: refunds.length === 0 ? wish.source : `${wish.source}#${refunds.length + 1}`, attemptId: attempt?.id, amountMinor, lines, shares: own }));
    [lines, shares] = [[], others];
  }
  if (payment.provider === 'CASH_ON_DELIVERY') for (const refund of refunds) await settleByHand(tx, payment, refund, wish.isPaidByHand ?? false);
  return refunds;
}

/** The tries that took the money, with what each gives back. */
async function sources(tx: PaymentsTx, payment: PaymentRow, { amountMinor, attemptId }: RefundWish): Promise<{ attempt: AttemptRow | null; amountMinor: number }[]> {
  if (payment.provider === 'CASH_ON_DELIVERY') return [{ attempt: null, amountMinor }];
  const attempts = await tx.db.find(AttemptRow, { where: { tenantId: tx.tenant.id, paymentId: payment.id }, order: { number: 'ASC' } });
  const first = [...attempts.filter(({ id }) => id === attemptId), ...attempts.filter(({ id }) => id !== attemptId)];
  let left = amountMinor;
  const found = first.map((attempt) => {
    const taken = Math.min(left, attempt.capturedMinor - attempt.refundReservedMinor);
    left -= taken;
    return { attempt, amountMinor: taken };
  });
  invariant(left === 0, `The tries of payment ${payment.id} took less than is to be refunded.`);
  return found.filter((source) => source.amountMinor > 0);
}

async function write(tx: PaymentsTx, payment: PaymentRow, wish: RefundWish): Promise<RefundRow> {
  const { source, reason, amountMinor, lines, shares, attemptId = null, dueAt } = wish;
  const now = tx.clock.now();
  const isCash = payment.provider === 'CASH_ON_DELIVERY';
  const refund = tx.db.create(RefundRow, {
    tenantId: tx.tenant.id, id: newId('ref', now), version: 1, paymentId: payment.id, attemptId, source, status: RefundStatus.REQUESTED, currency: payment.currency, amountMinor, lines: [...lines], shares: [...shares],
    reason, reference: null, errorCode: null, replacedById: null, tries: 0, dueAt: isCash ? null : (dueAt ?? now),
  });
  await tx.db.insert(RefundRow, refund);
  await reserveRefund(tx, payment, refund, 1);
  await addFacts(tx, payment, [{ kind: EventKind.REFUND_REQUEST, reference: refund.id, amountMinor, at: now, attemptId, message: reason }]);
  return refund;
}

/** Cash has no provider: either it was handed back, or somebody has to. */
async function settleByHand(tx: PaymentsTx, payment: PaymentRow, refund: RefundRow, isPaid: boolean): Promise<void> {
  const { id, amountMinor, currency } = refund;
  await recordRefund(tx, id, { reference: id, refundId: id, paymentReference: null, status: isPaid ? 'SUCCEEDED' : 'FAILED', amountMinor, currency, code: isPaid ? null : 'pay_back_by_hand', at: tx.clock.now() });
  // It was read and written anew behind the same lock.
  Object.assign(payment, await tx.db.findOneByOrFail(PaymentRow, { tenantId: tx.tenant.id, id: payment.id }));
}
