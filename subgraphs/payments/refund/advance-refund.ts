import { invariant } from '@haat/kit/invariant';
import { stripeOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { AttemptRow } from '../payment/payment.row.js';
import { bouncesWithin, claimSeconds, later, looksMax, lookSeconds, pauseSeconds } from '../payment/try-again.js';
import { type PaymentProvider, ProviderAway, ProviderRefused, type RefundSnapshot } from '../provider/payment-provider.js';
import { lockedRefund, recordRefund } from './record-refund.js';
import { RefundStatus } from './refund-status.js';
import { RefundRow } from './refund.row.js';
import { takeRefund } from './take-refund.js';

/**
 * Does at the provider what is next for a refund: asks for it, or how it stands, as long as it may bounce; or, of one that failed, whether somebody
 * paid it there by hand.
 * Between two transactions, under the refund's own id, so that asking again is the same refund.
 */
export async function advanceRefund(ctx: PaymentsContext, refundId: string, isByJob = false): Promise<void> {
  const claimed = await ctx.transaction((tx) => claim(tx, refundId, isByJob));
  if (!claimed) return;
  try {
    const provider = stripeOf(ctx, claimed.tenantSlug ?? (await tenantSlug(ctx)));
    if (!provider) throw new ProviderAway('There is no account at Stripe.');
    if (claimed.refund.status === RefundStatus.FAILED) return await look(ctx, provider, claimed);
    const snapshot = await step(provider, claimed);
    await ctx.transaction(async (tx) => {
      await recordRefund(tx, refundId, snapshot);
      if (claimed.refund.status === RefundStatus.SUCCEEDED) await lookAgain(tx, refundId);
    });
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
  /** Where it is wanted again after another one failed: what the provider calls all that is known of the payment. */
  readonly known: readonly (string | null)[] | null;
}

async function claim(tx: PaymentsTx, refundId: string, isByJob: boolean): Promise<Claimed | null> {
  const found = await lockedRefund(tx, refundId);
  const now = tx.clock.now();
  if (!found || found.refund.dueAt === null || (isByJob && found.refund.dueAt > now)) return null;
  const { payment, refund } = found;
  // Whoever wants it again need not wait for a look that is the job's.
  if (!isByJob && (refund.status === RefundStatus.SUCCEEDED || refund.status === RefundStatus.FAILED)) return null;
  const isLeft = refund.replacedById === null && payment.refundReservedMinor < payment.capturedMinor;
  if (refund.status === RefundStatus.FAILED && !isLeft) {
    await tx.db.save(Object.assign(refund, { dueAt: null }));
    return null;
  }
  const attempt = refund.attemptId === null ? null : await tx.db.findOneBy(AttemptRow, { tenantId: tx.tenant.id, id: refund.attemptId });
  invariant(attempt?.reference, `Refund ${refundId} is of money that no provider took.`);
  await tx.db.save(Object.assign(refund, { dueAt: later(now, claimSeconds), tries: refund.tries + 1 }));
  const others = await tx.db.findBy(RefundRow, { tenantId: tx.tenant.id, paymentId: payment.id });
  const known = others.some(({ replacedById }) => replacedById === refundId) ? others.map(({ reference }) => reference) : null;
  return { refund: { ...refund }, paymentReference: attempt.reference, tenantSlug: payment.tenantSlug, known };
}

/** A provider remembers keys for a day or so: whoever asks again looks first for what the last try may have done. Of one that failed before, somebody may have paid the same there by hand. */
async function step(provider: PaymentProvider, { refund, paymentReference, known }: Claimed): Promise<RefundSnapshot> {
  if (refund.reference !== null) return provider.readRefund(refund.reference);
  const there = refund.tries > 1 || known ? await provider.listRefunds(paymentReference) : [];
  const done = there.find(({ refundId }) => refundId === refund.id) ?? there.find((made) => known && isByHand(made) && made.amountMinor === refund.amountMinor && !known.includes(made.reference));
  return done ?? provider.refund({ refundId: refund.id, paymentReference, amountMinor: refund.amountMinor, currency: refund.currency });
}

function isByHand({ refundId, status }: RefundSnapshot): boolean {
  return refundId === null && status !== 'FAILED';
}

/** Takes in what was paid by hand, and looks again later where that was not it. */
async function look(ctx: PaymentsContext, provider: PaymentProvider, { refund: { id }, paymentReference }: Claimed): Promise<void> {
  const made = (await provider.listRefunds(paymentReference)).filter(isByHand);
  await ctx.transaction(async (tx) => {
    for (const snapshot of made) await takeRefund(tx, snapshot);
    await lookAgain(tx, id);
  });
}

/** What went back may bounce, and what failed may be paid by hand, for about a month. */
async function lookAgain(tx: PaymentsTx, refundId: string): Promise<void> {
  const { refund } = (await lockedRefund(tx, refundId)) ?? {};
  if (!refund || refund.dueAt === null || refund.tries === 0) return;
  const { status, tries } = refund;
  const seconds = status === RefundStatus.SUCCEEDED ? bouncesWithin[tries] : tries < looksMax ? lookSeconds(tries) : undefined;
  await tx.db.save(Object.assign(refund, { dueAt: seconds === undefined ? null : later(tx.clock.now(), seconds) }));
}

/** What is refused for good has failed; else another try later. */
async function fail(tx: PaymentsTx, refundId: string, error: ProviderRefused | ProviderAway): Promise<void> {
  const found = await lockedRefund(tx, refundId);
  if (!found || found.refund.dueAt === null) return;
  const { id, reference, amountMinor, currency, tries, status } = found.refund;
  if (error instanceof ProviderRefused && status === RefundStatus.REQUESTED) {
    return recordRefund(tx, id, { reference: reference ?? id, refundId: id, paymentReference: null, status: 'FAILED', amountMinor, currency, code: error.code, at: tx.clock.now() });
  }
  if (status === RefundStatus.FAILED || status === RefundStatus.SUCCEEDED) return lookAgain(tx, id);
  await tx.db.save(Object.assign(found.refund, { dueAt: later(tx.clock.now(), pauseSeconds(tries)), errorCode: error instanceof ProviderRefused ? error.code : 'provider_away' }));
}
