import type { paymentOpen } from '@haat/schema/asks/payments';
import { paymentCaptured, paymentFailed, paymentOpened } from '@haat/schema/events/payments';
import { newId } from '@haat/kit/id';
import { invariant } from '@haat/kit/invariant';
import type { z } from 'zod';
import { accountOf } from '../account/account-of.js';
import { settingsOf } from '../settings/payment-settings.js';
import { whyNot } from '../settings/why-not.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsTx } from '../context.js';
import { SavedMethodRow } from '../saved-method/saved-method.row.js';
import { addFacts, deriveAgain } from './add-facts.js';
import { lockedPayment } from './locked-payment.js';
import { AttemptStatus, EventKind, PaymentStatus, type ProviderName } from './payment-enums.js';
import { AttemptRow, PaymentRow } from './payment.row.js';
import { sayPayment } from './say-payment.js';

/** What an order is to be paid by. */
export type OpenWish = z.infer<typeof paymentOpen.input>;

/** How long whoever begins something has for asking the provider, before the job does, in milliseconds. */
export const ownTurnMs = 10_000;

/** Writes the payment of an order down, once: whoever comes later gets the one there is. Nobody is asked yet: the caller goes on to, or the job a moment later. */
export async function beginPayment(tx: PaymentsTx, wish: OpenWish): Promise<PaymentRow> {
  // Two who begin at once: one after the other, by the order.
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:${wish.orderId}`]);
  const there = await lockedPayment(tx, { orderId: wish.orderId });
  if (there) return known(tx, there, wish);
  const { payment, refusal } = await write(tx, wish);
  if (refusal !== null) return refuse(tx, payment, refusal);
  if (payment.amountMinor === 0) return payNothing(tx, payment);
  if (payment.provider === 'CASH_ON_DELIVERY') return openAtTheDoor(tx, payment);
  await beginAttempt(tx, payment, { number: 1, methodId: wish.savedPaymentMethodId, dueAt: new Date(tx.clock.now().getTime() + ownTurnMs) });
  return payment;
}

/** Another try of a payment. */
export async function beginAttempt(tx: PaymentsTx, payment: PaymentRow, { number, methodId, dueAt, error }: { number: number; methodId: string | null; dueAt: Date | null; error?: string }): Promise<AttemptRow> {
  const { userId } = payment;
  const method = methodId === null || userId === null ? null : await tx.db.createQueryBuilder(SavedMethodRow, 'm').where('m.id = :methodId and m.userId = :userId and m.removedAt is null', { methodId, userId }).getOne();
  const attempt = tx.db.create(AttemptRow, {
    tenantId: tx.tenant.id, id: newId('att', tx.clock.now()), version: 1, paymentId: payment.id, number, provider: payment.provider, status: error ? AttemptStatus.FAILED : AttemptStatus.CREATED, amountMinor: payment.amountMinor,
    captureMode: (await settingsOf(tx)).captureMode, captureMinor: null, capturedMinor: 0, refundReservedMinor: 0, reference: null, sealedClientSecret: null, customerReference: method?.customerReference ?? null,
    methodReference: method?.reference ?? null, isConfirmed: false, nextAction: null, errorCode: error ?? null, errorMessage: null, wish: null, tries: 0, authorizedAt: null, dueAt,
  });
  await tx.db.insert(AttemptRow, attempt);
  return attempt;
}

/** The order says the same again; the event that may have come first knows no lines of the cart. */
async function known(tx: PaymentsTx, payment: PaymentRow, { amountMinor, currency, lines }: OpenWish): Promise<PaymentRow> {
  invariant(payment.amountMinor === amountMinor && payment.currency === currency, `The payment of order ${payment.orderId} is over ${payment.amountMinor} ${payment.currency}, not ${amountMinor} ${currency}.`);
  await tx.db.query(
    `update payment_line set cart_line_id = given.cart_line_id from unnest($2::text[], $3::text[]) as given (id, cart_line_id) where payment_id = $1 and payment_line.id = given.id and payment_line.cart_line_id = '' and given.cart_line_id <> ''`,
    [payment.id, lines.map(({ orderLineId }) => orderLineId), lines.map(({ cartLineId }) => cartLineId)]);
  return payment;
}

async function write(tx: PaymentsTx, wish: OpenWish): Promise<{ payment: PaymentRow; refusal: string | null }> {
  const { orderId, orderNumber, choice, currency, amountMinor, buyer, savedPaymentMethodId } = wish;
  const now = tx.clock.now();
  const settings = await settingsOf(tx);
  const slug = await tenantSlug(tx);
  const provider: ProviderName = choice === 'CASH_ON_DELIVERY' ? 'CASH_ON_DELIVERY' : 'STRIPE';
  const expiresAt = new Date(now.getTime() + (settings.windowMinutes ?? tx.config.PAYMENT_WINDOW_MINUTES) * 60_000);
  invariant(wish.shares.reduce((sum, share) => sum + share.amountMinor, 0) === amountMinor, 'The shares of a payment add up to it.');
  const refusal = whyNot(wish, { ...settings, hasAccount: accountOf(tx.config, slug) !== null });
  const mayEnd = provider === 'STRIPE' || refusal !== null;
  const payment = tx.db.create(PaymentRow, {
    tenantId: tx.tenant.id, id: newId('pay', now), version: 1, orderId, orderNumber, provider, status: PaymentStatus.OPENING, ...buyer, emailHash: null, currency, amountMinor, authorizedMinor: 0, capturedMinor: 0, refundReservedMinor: 0,
    refundedMinor: 0, savedMethodId: savedPaymentMethodId, tenantSlug: slug, heldReason: null, expiresAt: mayEnd ? expiresAt : null, windowEndsAt: mayEnd ? expiresAt : null,
  });
  await tx.db.insert(PaymentRow, payment);
  await writeParts(tx, payment.id, wish);
  return { payment, refusal };
}

async function writeParts(tx: PaymentsTx, paymentId: string, { shares, lines }: OpenWish): Promise<void> {
  await tx.db.query(
    'insert into payment_share (id, payment_id, vendor_id, position, amount_minor) select id, $1, vendor_id, position, amount_minor from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality as s (id, vendor_id, amount_minor, position)',
    [paymentId, shares.map((s) => s.vendorOrderId), shares.map((s) => s.vendorId), shares.map((s) => s.amountMinor)]);
  await tx.db.query(
    `insert into payment_line (id, payment_id, cart_line_id, offer_id, vendor_order_id, position, quantity, total_minor)
     select id, $1, cart_line_id, offer_id, vendor_order_id, position, quantity, total_minor from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[]) with ordinality as l (id, cart_line_id, offer_id, vendor_order_id, quantity, total_minor, position)`,
    [paymentId, lines.map((l) => l.orderLineId), lines.map((l) => l.cartLineId), lines.map((l) => l.offerId), lines.map((l) => l.vendorOrderId), lines.map((l) => l.quantity), lines.map((l) => l.totalMinor)]);
}

async function refuse(tx: PaymentsTx, payment: PaymentRow, code: string): Promise<PaymentRow> {
  const attempt = await beginAttempt(tx, payment, { number: 1, methodId: null, dueAt: null, error: code });
  await addFacts(tx, payment, [{ kind: EventKind.CHARGE_FAILURE, reference: attempt.id, amountMinor: payment.amountMinor, at: tx.clock.now(), attemptId: attempt.id, code }]);
  await deriveAgain(tx, payment);
  await sayPayment(tx, payment, paymentFailed, { code, reason: 'This way to pay is not offered for this order.' });
  return payment;
}

async function openAtTheDoor(tx: PaymentsTx, payment: PaymentRow): Promise<PaymentRow> {
  await addFacts(tx, payment, [{ kind: EventKind.OPENED, reference: payment.id, amountMinor: payment.amountMinor, at: tx.clock.now() }]);
  await deriveAgain(tx, payment);
  await sayPayment(tx, payment, paymentOpened, {});
  return payment;
}

/** Nothing is due, so nobody is asked. */
async function payNothing(tx: PaymentsTx, payment: PaymentRow): Promise<PaymentRow> {
  await addFacts(tx, payment, [{ kind: EventKind.CHARGE_SUCCESS, reference: payment.id, amountMinor: 0, at: tx.clock.now() }]);
  await deriveAgain(tx, payment);
  Object.assign(payment, { expiresAt: null, windowEndsAt: null });
  await sayPayment(tx, payment, paymentCaptured, { nowMinor: 0 });
  return payment;
}
