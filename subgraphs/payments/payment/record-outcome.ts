import type { EventContract } from '@haat/schema/event';
import { paymentActionRequired, paymentAuthorized, paymentCaptured, paymentFailed, paymentOpened, type PaymentState } from '@haat/schema/events/payments';
import { allocate } from '@haat/kit/allocate';
import type { PaymentsTx } from '../context.js';
import type { PaymentSnapshot } from '../provider/payment-provider.js';
import { beginRefund } from '../refund/begin-refund.js';
import { addFacts, deriveAgain, dueOf, type NewFact } from './add-facts.js';
import { lockedAttempt } from './locked-payment.js';
import { AttemptStatus, EventKind, openAttempts, PaymentStatus } from './payment-enums.js';
import { type AttemptRow, PaymentEventRow, type PaymentRow } from './payment.row.js';
import { hasLapsed, sayLapsed } from './promise-lapsed.js';
import { sayPayment, sharesOf } from './say-payment.js';

/** How often a promise is asked for, in milliseconds: somebody may take it or let it go at the provider. */
const promiseEveryMs = 3_600_000;

/** How long before a promise lapses (seven days for most cards) the money is taken at the latest, counted from the promise, in milliseconds. */
export const captureWithinMs = 6 * 86_400_000;

/**
 * Takes in how an attempt stands at its provider, whoever brought the news: an answer, a callback or a poll, late, twice, or in another order.
 * Another amount or currency than ours holds the payment: nothing is confirmed by it until somebody looked.
 */
export async function recordOutcome(tx: PaymentsTx, attemptId: string, snapshot: PaymentSnapshot): Promise<void> {
  const found = await lockedAttempt(tx, attemptId);
  if (!found) return;
  const { payment, attempt } = found;
  if (attempt.reference !== null && attempt.reference !== snapshot.reference) return void tx.log.error({ payment: payment.id, attempt: attempt.id, reference: snapshot.reference }, 'A provider knows one try twice.');
  if (payment.heldReason !== null) return;
  const wrong = mismatchOf(attempt, payment, snapshot);
  if (wrong !== null) return hold(tx, { payment, attempt, snapshot, reason: wrong });
  const { wish } = attempt;
  if (openAttempts.includes(attempt.status) || attempt.status === AttemptStatus.FAILED) await adopt(tx, attempt, snapshot);
  const added = await addFacts(tx, payment, factsOf(snapshot, attempt, await roundOf(tx, attempt)));
  const charge = added.find(({ kind }) => kind === EventKind.CHARGE_SUCCESS);
  if (charge) await takeIn(tx, attempt, charge.amountMinor);
  await deriveAgain(tx, payment, attempt);
  if (payment.capturedMinor > 0 || (payment.authorizedMinor > 0 && attempt.wish !== 'CANCEL')) payment.windowEndsAt = null;
  await tx.db.save(attempt);
  await tx.db.save(payment);
  await say(tx, payment, attempt, added);
  if (await hasLapsed(tx, payment, { authorizedAt: attempt.authorizedAt, wish, added })) await sayLapsed(tx, payment, attempt);
  if (charge) await giveSurplusBack(tx, payment, attempt);
}

/** What the provider says that is not what we asked for; null where it fits. What is being called off may have been asked for in part, or never. */
export function mismatchOf({ amountMinor, captureMinor, wish }: AttemptRow, { currency }: PaymentRow, snapshot: PaymentSnapshot): string | null {
  const wanted = wish === 'CANCEL' && snapshot.capturedMinor === amountMinor ? amountMinor : (captureMinor ?? amountMinor);
  if (snapshot.currency !== currency || snapshot.amountMinor !== amountMinor) return `The provider says ${snapshot.amountMinor} ${snapshot.currency}, not ${amountMinor} ${currency}.`;
  if (snapshot.status === 'CAPTURED' && snapshot.capturedMinor !== wanted) return `The provider took ${snapshot.capturedMinor} ${snapshot.currency}, not ${wanted}.`;
  return null;
}

async function hold(tx: PaymentsTx, { payment, attempt, snapshot, reason }: { payment: PaymentRow; attempt: AttemptRow; snapshot: PaymentSnapshot; reason: string }): Promise<void> {
  const { reference, amountMinor, currency, capturedMinor, at } = snapshot;
  const added = await addFacts(tx, payment, [{ kind: EventKind.MISMATCH, reference: `${reference}:${amountMinor}:${currency}:${capturedMinor}`, amountMinor: Math.trunc(amountMinor), at, attemptId: attempt.id, message: reason }]);
  // Somebody looked at this very thing, and it came to nothing: told again, it is no news.
  if (added.length === 0 && !openAttempts.includes(attempt.status)) return;
  tx.log.error({ payment: payment.id, attempt: attempt.id, reference }, `A payment is held. ${reason}`);
  Object.assign(payment, { heldReason: reason, windowEndsAt: null });
  await deriveAgain(tx, payment);
  await tx.db.save(Object.assign(attempt, { reference, dueAt: null, wish: null }));
  await tx.db.save(Object.assign(payment, { version: payment.version + 1 }));
}

/** What of a snapshot is kept on the attempt, and when the provider is asked next. */
async function adopt(tx: PaymentsTx, attempt: AttemptRow, snapshot: PaymentSnapshot): Promise<void> {
  const now = tx.clock.now();
  if (snapshot.clientSecret !== null && attempt.sealedClientSecret === null) attempt.sealedClientSecret = await tx.seal('payments', { tenantId: tx.tenant.id, purpose: attempt.id }, snapshot.clientSecret);
  const isOver = snapshot.status === 'CAPTURED' || snapshot.status === 'CANCELLED';
  const authorizedAt = snapshot.status === 'AUTHORIZED' ? (attempt.authorizedAt ?? now) : attempt.authorizedAt;
  const nextMs = snapshot.status === 'AUTHORIZED' && authorizedAt && attempt.wish === null ? Math.min(authorizedAt.getTime() + captureWithinMs, now.getTime() + promiseEveryMs) : now.getTime() + tx.config.STRIPE_POLL_SECONDS * 1_000;
  Object.assign(attempt, {
    reference: snapshot.reference, authorizedAt, nextAction: snapshot.nextAction, tries: 0, version: attempt.version + 1,
    isConfirmed: attempt.isConfirmed || snapshot.failure !== null || snapshot.status !== 'OPEN', wish: isOver ? null : attempt.wish,
    errorCode: snapshot.failure?.code ?? null, errorMessage: snapshot.failure?.message ?? null, dueAt: isOver ? null : new Date(nextMs),
  } satisfies Partial<AttemptRow>);
}

/** How often a try was declined, and how often it asked for something: by that the same card's next round is told from the last one. */
interface Round {
  readonly declines: number;
  readonly asks: number;
}

async function roundOf(tx: PaymentsTx, { id: attemptId }: AttemptRow): Promise<Round> {
  const kinds = (await tx.db.findBy(PaymentEventRow, { tenantId: tx.tenant.id, attemptId })).map(({ kind }) => kind);
  return { declines: kinds.filter((kind) => kind === EventKind.CHARGE_FAILURE).length, asks: kinds.filter((kind) => kind === EventKind.ACTION_REQUIRED).length };
}

function factsOf({ reference, status, methodReference, failure, capturedMinor, at }: PaymentSnapshot, { id: attemptId, amountMinor }: AttemptRow, { declines, asks }: Round): NewFact[] {
  const fact = (kind: EventKind, more: Partial<NewFact> = {}): NewFact => ({ kind, reference, amountMinor, at, attemptId, ...more });
  const ofMethod = `${reference}:${methodReference ?? ''}:${declines}`;
  return [
    fact(EventKind.OPENED),
    ...(failure ? [fact(EventKind.CHARGE_FAILURE, { code: failure.code, message: failure.message, reference: failure.isUnique ? failure.reference : `${failure.reference}:${asks}` })] : []),
    ...(status === 'ACTION_REQUIRED' ? [fact(EventKind.ACTION_REQUIRED, { reference: ofMethod })] : []),
    ...(status === 'PROCESSING' ? [fact(EventKind.PROCESSING, { reference: ofMethod })] : []),
    ...(status === 'AUTHORIZED' ? [fact(EventKind.AUTHORIZATION_SUCCESS)] : []),
    ...(status === 'CAPTURED' ? [fact(EventKind.CHARGE_SUCCESS, { amountMinor: capturedMinor })] : []),
    ...(status === 'CANCELLED' ? [fact(EventKind.CANCEL_SUCCESS)] : []),
  ];
}

/** Gives what was taken to the vendors' shares, each by what is still due of it; what is too much is nobody's. */
async function takeIn(tx: PaymentsTx, attempt: AttemptRow, amountMinor: number): Promise<void> {
  attempt.capturedMinor += amountMinor;
  const shares = await sharesOf(tx, attempt.paymentId);
  const due = shares.map((share) => Math.max(0, share.amountMinor - share.cancelledMinor - share.capturedMinor));
  const parts = allocate(Math.min(amountMinor, due.reduce((sum, minor) => sum + minor, 0)), due);
  for (const [at, share] of shares.entries()) await tx.db.save(Object.assign(share, { capturedMinor: share.capturedMinor + (parts[at] ?? 0) }));
}

/** An event for each new fact that others care for; a second charge of what is paid already is not said, but given back. */
async function say(tx: PaymentsTx, payment: PaymentRow, attempt: AttemptRow, added: readonly NewFact[]): Promise<void> {
  const isEnded = payment.status === PaymentStatus.EXPIRED || payment.status === PaymentStatus.CANCELLED;
  for (const { kind, amountMinor, code, message } of added) {
    const isCharge = kind === EventKind.CHARGE_SUCCESS;
    if (!isCharge && (payment.capturedMinor > 0 || isEnded)) continue;
    // What is promised while it is being called off is let go again.
    if (kind === EventKind.AUTHORIZATION_SUCCESS && attempt.wish === 'CANCEL') continue;
    const plain = plainEvents[kind];
    if (plain) await sayPayment(tx, payment, plain, {});
    if (kind === EventKind.CHARGE_FAILURE) await sayPayment(tx, payment, paymentFailed, { code: code ?? 'declined', reason: message ?? 'The payment was declined.' });
    if (isCharge && payment.capturedMinor === amountMinor) await sayPayment(tx, payment, paymentCaptured, { nowMinor: amountMinor });
  }
}

const plainEvents: Partial<Record<EventKind, EventContract<PaymentState>>> = {
  [EventKind.OPENED]: paymentOpened, [EventKind.ACTION_REQUIRED]: paymentActionRequired, [EventKind.AUTHORIZATION_SUCCESS]: paymentAuthorized,
};

/** What was paid twice, or for what was cancelled meanwhile. An order that wants it back as well finds nothing left. */
async function giveSurplusBack(tx: PaymentsTx, payment: PaymentRow, attempt: AttemptRow): Promise<void> {
  const dueMinor = await dueOf(tx, payment);
  const surplusMinor = Math.min(payment.capturedMinor - payment.refundReservedMinor - dueMinor, attempt.capturedMinor - attempt.refundReservedMinor);
  if (surplusMinor > 0) await beginRefund(tx, payment, { source: `surplus:${attempt.id}`, reason: 'Paid more than was due.', amountMinor: surplusMinor, attemptId: attempt.id, lines: [], shares: [] });
}
