import { paymentFailed } from '@haat/schema/events/payments';
import { stripeOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsContext, PaymentsTx } from '../context.js';
import { type PaymentProvider, type PaymentSnapshot, ProviderAway, ProviderRefused } from '../provider/payment-provider.js';
import { addFacts, deriveAgain, dueOf } from './add-facts.js';
import { attemptsOf, lockedAttempt } from './locked-payment.js';
import { AttemptStatus, EventKind, openAttempts } from './payment-enums.js';
import type { AttemptRow, PaymentRow } from './payment.row.js';
import { captureWithinMs, recordOutcome } from './record-outcome.js';
import { sayPayment } from './say-payment.js';
import { claimSeconds, later, pauseSeconds } from './try-again.js';

/** Tries to open one at a provider who is away, before it counts as refused. */
const openTriesMax = 12;

/** How soon a try looks again whether the one before it has ended, in seconds. */
const turnSeconds = 2;

/**
 * Does at the provider what is next for an attempt: opens it, charges a saved method, captures, cancels, or asks how it stands. The provider is
 * asked between two transactions, under keys made of the attempt's id, so that doing it again is the same thing.
 */
export async function advanceAttempt(ctx: PaymentsContext, attemptId: string, isByJob = false): Promise<void> {
  const claimed = await ctx.transaction((tx) => claim(tx, attemptId, isByJob));
  if (!claimed) return;
  const { payment, attempt, captureMinor } = claimed;
  try {
    const provider = stripeOf(ctx, payment.tenantSlug ?? (await tenantSlug(ctx)));
    if (!provider) throw new ProviderAway('There is no account at Stripe.');
    const opened = attempt.reference === null ? await provider.open(orderOf(payment, attempt)) : null;
    if (opened) await record(ctx, attemptId, opened);
    const next = await step(provider, { attempt, reference: opened?.reference ?? attempt.reference ?? '', currency: payment.currency, captureMinor, isFresh: opened !== null });
    if (next) await record(ctx, attemptId, next);
  } catch (error) {
    if (!(error instanceof ProviderRefused) && !(error instanceof ProviderAway)) throw error;
    ctx.log.warn({ err: error, attempt: attemptId }, 'A payment could not be taken on at its provider.');
    await ctx.transaction((tx) => fail(tx, attemptId, error));
  }
}

interface Claimed {
  readonly payment: PaymentRow;
  readonly attempt: AttemptRow;
  readonly captureMinor: number;
}

async function claim(tx: PaymentsTx, attemptId: string, isByJob: boolean): Promise<Claimed | null> {
  const found = await lockedAttempt(tx, attemptId);
  if (!found) return null;
  const { payment, attempt } = found;
  const now = tx.clock.now();
  if (isByJob && (attempt.dueAt === null || attempt.dueAt > now)) return null;
  if (!openAttempts.includes(attempt.status) || payment.heldReason !== null) return leave(tx, attempt, null);
  if (attempt.reference === null && attempt.wish === 'CANCEL' && attempt.tries === 0) return leave(tx, Object.assign(attempt, { status: AttemptStatus.CANCELLED, wish: null }), null);
  if (attempt.reference === null && (await isOvertaken(tx, payment, attempt))) return leave(tx, attempt, later(now, turnSeconds));
  if (attempt.reference === null && (payment.capturedMinor > 0 || payment.authorizedMinor > 0)) return leave(tx, Object.assign(attempt, { status: AttemptStatus.CANCELLED }), null);
  const dueMinor = await dueOf(tx, payment);
  const mustCapture = attempt.wish === 'CAPTURE' || (attempt.wish === null && attempt.authorizedAt !== null && now.getTime() >= attempt.authorizedAt.getTime() + captureWithinMs);
  if (mustCapture && attempt.captureMinor === null) Object.assign(attempt, { wish: 'CAPTURE', captureMinor: Math.min(dueMinor, attempt.amountMinor) });
  await tx.db.save(Object.assign(attempt, { dueAt: later(now, claimSeconds), tries: attempt.tries + 1 }));
  return { payment, attempt: { ...attempt }, captureMinor: attempt.captureMinor ?? attempt.amountMinor };
}

async function leave(tx: PaymentsTx, attempt: AttemptRow, dueAt: Date | null): Promise<null> {
  await tx.db.save(Object.assign(attempt, { dueAt }));
  return null;
}

/** Whether an earlier try has not ended yet: only one may be open at the provider. */
async function isOvertaken(tx: PaymentsTx, payment: PaymentRow, { number }: AttemptRow): Promise<boolean> {
  return (await attemptsOf(tx, payment.id)).some((other) => other.number < number && openAttempts.includes(other.status));
}

function orderOf({ orderId, orderNumber, currency, tenantId }: PaymentRow, { id, amountMinor, captureMode, customerReference }: AttemptRow) {
  return { attemptId: id, orderId, orderNumber, tenantId, amountMinor, currency, captureMode, customerReference };
}

interface Step {
  readonly attempt: AttemptRow;
  readonly reference: string;
  readonly currency: string;
  readonly captureMinor: number;
  readonly isFresh: boolean;
}

async function step(provider: PaymentProvider, { attempt, reference, currency, captureMinor, isFresh }: Step): Promise<PaymentSnapshot | null> {
  const { id, wish, methodReference, isConfirmed } = attempt;
  if (wish === 'CANCEL') return provider.cancel(reference, `${id}:cancel`);
  if (wish === 'CAPTURE') return provider.capture(reference, { amountMinor: captureMinor, currency, key: `${id}:capture:${captureMinor}` });
  if (methodReference !== null && !isConfirmed) return provider.confirm(reference, { methodReference, key: `${id}:confirm` });
  return isFresh ? null : provider.read(reference);
}

function record(ctx: PaymentsContext, attemptId: string, snapshot: PaymentSnapshot): Promise<void> {
  return ctx.transaction((tx) => recordOutcome(tx, attemptId, snapshot));
}

/** Another try later. What cannot be opened for good is said; what was opened is asked for until it ends. */
async function fail(tx: PaymentsTx, attemptId: string, error: ProviderRefused | ProviderAway): Promise<void> {
  const found = await lockedAttempt(tx, attemptId);
  if (!found || !openAttempts.includes(found.attempt.status)) return;
  const { payment, attempt } = found;
  const code = error instanceof ProviderRefused ? error.code : 'provider_away';
  const isRefused = error instanceof ProviderRefused;
  // What the provider knows no more will never be paid.
  const isOver = attempt.reference === null ? isRefused || attempt.tries >= openTriesMax : isRefused && code === 'resource_missing';
  const seconds = isRefused ? tx.config.STRIPE_POLL_SECONDS : pauseSeconds(attempt.tries);
  Object.assign(attempt, { errorCode: code, errorMessage: error.message, dueAt: later(tx.clock.now(), seconds), ...(isRefused && { wish: null, captureMinor: null, isConfirmed: true }) });
  if (isOver) {
    Object.assign(attempt, { status: AttemptStatus.FAILED, dueAt: null });
    await addFacts(tx, payment, [{ kind: EventKind.CHARGE_FAILURE, reference: `${attempt.id}:refused`, amountMinor: attempt.amountMinor, at: tx.clock.now(), attemptId, code, message: error.message }]);
    await deriveAgain(tx, payment);
    await sayPayment(tx, payment, paymentFailed, { code, reason: 'The payment could not be opened.' });
  }
  await tx.db.save(Object.assign(attempt, { version: attempt.version + 1 }));
}
