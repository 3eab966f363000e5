import { Money } from '@haat/kit/money';
import { unavailable } from '@haat/kit/refusal';
import { stripeOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { ProviderAway, ProviderRefused, type PaymentSnapshot, type RefundSnapshot } from '../provider/payment-provider.js';
import { takeRefund } from '../refund/take-refund.js';
import { addFacts, deriveAgain, dueOf } from './add-facts.js';
import { lockedAttempt } from './locked-payment.js';
import { EventKind } from './payment-enums.js';
import { AttemptRow, PaymentEventRow, PaymentRow } from './payment.row.js';
import { hasLapsed, sayLapsed } from './promise-lapsed.js';
import { mismatchOf, recordOutcome } from './record-outcome.js';

/** How the try for which a payment is held stands at its provider, with all that went back of it there. */
export interface SeenAtProvider {
  readonly attemptId: string;
  readonly snapshot: PaymentSnapshot;
  readonly refunds: readonly RefundSnapshot[];
}

/** What can be believed of a held payment, and why no more. */
export interface StaysHeld {
  readonly capturable: { readonly minor: number; readonly currency: string };
  readonly message: string;
}

/** Looks at the provider for why a payment is held; null where none is, or nobody but a courier knows. */
export async function lookAtHeld(ctx: PaymentsContext, paymentId: string): Promise<SeenAtProvider | null> {
  const where = { tenantId: ctx.tenant.id, paymentId };
  const payment = await ctx.db.findOneBy(PaymentRow, { tenantId: ctx.tenant.id, id: paymentId });
  if (!payment || payment.heldReason === null) return null;
  const [event] = await ctx.db.find(PaymentEventRow, { where: { ...where, kind: EventKind.MISMATCH }, order: { seq: 'DESC' }, take: 1 });
  const attempt = event?.attemptId ? await ctx.db.findOneBy(AttemptRow, { ...where, id: event.attemptId }) : null;
  if (!attempt || attempt.reference === null) return null;
  try {
    const provider = stripeOf(ctx, payment.tenantSlug ?? (await tenantSlug(ctx)));
    if (!provider) throw new ProviderAway('There is no account at Stripe.');
    return { attemptId: attempt.id, snapshot: await provider.read(attempt.reference), refunds: (await provider.listRefunds(attempt.reference)).filter(({ status }) => status !== 'FAILED') };
  } catch (error) {
    if (error instanceof ProviderAway || error instanceof ProviderRefused) throw unavailable('The payment provider');
    throw error;
  }
}

/**
 * Lets a held payment go on, where the provider says by now what was asked for, where somebody names exactly what it took, or where nothing of it
 * stands there any more. The payment must be locked; whoever goes on with it reads it again.
 */
export async function releasePayment(tx: PaymentsTx, held: PaymentRow, { attemptId, snapshot, refunds }: SeenAtProvider, amountMinor: number | null): Promise<{ attemptId: string } | StaysHeld> {
  const found = await lockedAttempt(tx, attemptId);
  const isOurs = snapshot.currency === held.currency && snapshot.status === 'CAPTURED' && Number.isSafeInteger(snapshot.amountMinor) && Number.isSafeInteger(snapshot.capturedMinor);
  const isNamed = amountMinor !== null && isOurs && amountMinor === snapshot.capturedMinor;
  const isOver = amountMinor === null && snapshot.capturedMinor <= refunds.reduce((sum, refund) => sum + refund.amountMinor, 0) && (snapshot.status === 'CAPTURED' || snapshot.status === 'CANCELLED');
  if (!found || !(isNamed || isOver || (amountMinor === null && mismatchOf(found.attempt, held, snapshot) === null))) return staysHeld(held, isOurs ? snapshot.capturedMinor : 0);
  const { payment, attempt } = found;
  tx.log.warn({ payment: payment.id, attempt: attempt.id, by: tx.viewer.userId ?? tx.viewer.tokenId }, 'A payment is held no more.');
  if (isNamed) Object.assign(attempt, { amountMinor: snapshot.amountMinor, captureMinor: snapshot.capturedMinor });
  await tx.db.save(attempt);
  await tx.db.save(Object.assign(payment, { heldReason: null, windowEndsAt: attempt.authorizedAt === null && (await dueOf(tx, payment)) > 0 ? payment.expiresAt : null, version: payment.version + 1 }));
  if (isOver && mismatchOf(attempt, payment, snapshot) !== null) await end(tx, payment, attempt, snapshot);
  else await recordOutcome(tx, attemptId, snapshot);
  for (const refund of refunds) await takeRefund(tx, refund);
  return { attemptId };
}

/** Nothing of it was taken, or all of it went back there: the try came to nothing. */
async function end(tx: PaymentsTx, payment: PaymentRow, attempt: AttemptRow, { reference, at }: PaymentSnapshot): Promise<void> {
  const added = await addFacts(tx, payment, [{ kind: EventKind.CANCEL_SUCCESS, reference, amountMinor: attempt.amountMinor, at, attemptId: attempt.id }]);
  await deriveAgain(tx, payment, attempt);
  await tx.db.save(attempt);
  await tx.db.save(payment);
  if (await hasLapsed(tx, payment, { authorizedAt: attempt.authorizedAt, wish: null, added })) await sayLapsed(tx, payment, attempt);
}

function staysHeld({ currency, heldReason }: PaymentRow, minor: number): StaysHeld {
  const way = minor > 0 ? `The provider took ${Money.of(minor, currency).decimal} ${currency}: name that amount to believe it.` : 'Pay back at the provider what it took, and look again.';
  return { capturable: { minor, currency }, message: `The payment is held. ${heldReason} ${way}` };
}
