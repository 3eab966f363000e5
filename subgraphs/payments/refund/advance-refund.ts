import { invariant } from '@haat/kit/invariant';
import { stripeOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { AttemptRow } from '../payment/payment.row.js';
import { pauseSeconds, claimSeconds, later } from '../payment/try-again.js';
import { type PaymentProvider, ProviderAway, ProviderRefused, type RefundSnapshot } from '../provider/payment-provider.js';
import { lockedRefund, recordRefund } from './record-refund.js';
import { RefundStatus } from './refund-status.js';
import type { RefundRow } from './refund.row.js';

/** Does at the provider what is next for a refund: asks for it, or how it stands. Between two transactions, under the refund's own id, so that asking again is the same refund. */
export async function advanceRefund(ctx: PaymentsContext, refundId: string, isByJob = false): Promise<void> {
  const claimed = await ctx.transaction((tx) => claim(tx, refundId, isByJob));
  if (!claimed) return;
  try {
    const provider = stripeOf(ctx, claimed.tenantSlug ?? (await tenantSlug(ctx)));
    if (!provider) throw new ProviderAway('There is no account at Stripe.');
    const snapshot = await step(provider, claimed);
    await ctx.transaction((tx) => recordRefund(tx, refundId, snapshot));
  } catch (error) {
    if (!(error instanceof ProviderRefused) && !(error instanceof ProviderAway)) throw error;
    ctx.log.warn({ err: error, refund: refundId }, 'A refund could not be taken on at its provider.');
    await ctx.transaction((tx) => fail(tx, refundId, error));
  }
}

interface Claimed {
  readonly refund: RefundRow;
  readonly paymentReference: string;
  readonly tenantSlug: string | null;
}

async function claim(tx: PaymentsTx, refundId: string, isByJob: boolean): Promise<Claimed | null> {
  const found = await lockedRefund(tx, refundId);
  const now = tx.clock.now();
  if (!found || found.refund.dueAt === null || (isByJob && found.refund.dueAt > now)) return null;
  const { payment, refund } = found;
  const attempt = refund.attemptId === null ? null : await tx.db.findOneBy(AttemptRow, { tenantId: tx.tenant.id, id: refund.attemptId });
  invariant(attempt?.reference, `Refund ${refundId} is of money that no provider took.`);
  await tx.db.save(Object.assign(refund, { dueAt: later(now, claimSeconds), tries: refund.tries + 1 }));
  return { refund: { ...refund }, paymentReference: attempt.reference, tenantSlug: payment.tenantSlug };
}

/** A provider remembers keys for a day or so: whoever asks again looks first for what the last try may have done. */
async function step(provider: PaymentProvider, { refund, paymentReference }: Claimed): Promise<RefundSnapshot> {
  if (refund.reference !== null) return provider.readRefund(refund.reference);
  const done = refund.tries > 1 ? (await provider.listRefunds(paymentReference)).find(({ refundId }) => refundId === refund.id) : undefined;
  return done ?? provider.refund({ refundId: refund.id, paymentReference, amountMinor: refund.amountMinor, currency: refund.currency });
}

/** What is refused for good has failed; else another try later. */
async function fail(tx: PaymentsTx, refundId: string, error: ProviderRefused | ProviderAway): Promise<void> {
  const found = await lockedRefund(tx, refundId);
  if (!found || found.refund.dueAt === null) return;
  const { id, reference, amountMinor, currency, tries, status } = found.refund;
  if (error instanceof ProviderRefused && status === RefundStatus.REQUESTED) {
    return recordRefund(tx, id, { reference: reference ?? id, refundId: id, paymentReference: null, status: 'FAILED', amountMinor, currency, code: error.code, at: tx.clock.now() });
  }
  await tx.db.save(Object.assign(found.refund, { dueAt: later(tx.clock.now(), pauseSeconds(tries)), errorCode: error instanceof ProviderRefused ? error.code : 'provider_away' }));
}
