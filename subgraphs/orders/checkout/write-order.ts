import type { FrozenCart } from '@haat/schema/asks/carts';
import { newId } from '@haat/kit/id';
import { Refusal } from '@haat/kit/refusal';
import type { OrdersTx } from '../context.js';
import { emailHashOf } from '../order/email-hash.js';
import { OrderEventRow, OrderLineRow, OrderRow, VendorOrderRow } from '../order/order.row.js';
import { sayPlaced, sealOrder, type WholeOrder } from '../order/say-order.js';
import { CheckoutRow } from './checkout.row.js';
import type { Quote } from './gathered.js';
import { nextNumber } from './next-number.js';
import type { LineDraft, OrderDraft, VendorOrderDraft } from './order-draft.js';

/** The first number of a series: nobody likes to be the first customer. */
const firstNumber = 1_001;

/** What an order is written of. */
export interface Written {
  readonly checkoutId: string;
  readonly cart: FrozenCart;
  readonly draft: OrderDraft;
  readonly priced: Quote;
  readonly savedPaymentMethodId: string | null;
}

/** Writes the order, its parts, lines and events, and ends the checkout: one commit. A checkout that is being undone meanwhile writes nothing. */
export async function writeOrder(tx: OrdersTx, written: Written): Promise<WholeOrder> {
  const checkout = await tx.db.findOne(CheckoutRow, { where: { tenantId: tx.tenant.id, id: written.checkoutId }, lock: { mode: 'pessimistic_write' } });
  if (checkout?.state !== 'OPEN') throw new Refusal('CONFLICT_IN_PROGRESS', 'The checkout took too long and is being undone; try again.', { retryAfterSeconds: 2 });
  const order = await orderRowOf(tx, checkout.orderId, written);
  const parts: VendorOrderRow[] = [];
  const lines: OrderLineRow[] = [];
  for (const draft of written.draft.vendorOrders) {
    const part = await partRowOf(tx, order, { draft, position: parts.length });
    parts.push(part);
    lines.push(...draft.lines.map((line, at) => lineRowOf(tx, part, line, lines.length + at)));
  }
  await sealOrder(tx, order);
  await tx.db.insert(OrderRow, order as never);
  await tx.db.insert(VendorOrderRow, parts as never);
  await tx.db.insert(OrderLineRow, lines as never);
  await tx.db.insert(OrderEventRow, { id: newId('oev', tx.clock.now()), orderId: order.id, vendorOrderId: null, kind: 'PLACED', actor: order.userId ?? 'guest', doneBy: 'BUYER', reason: null, stateBefore: null, stateAfter: 'PENDING_PAYMENT', happenedAt: tx.clock.now() });
  await tx.db.save(Object.assign(checkout, { state: 'PLACED', version: checkout.version + 1 }));
  const whole = { order, parts, lines };
  await sayPlaced(tx, whole);
  return whole;
}

async function orderRowOf(tx: OrdersTx, id: string, { cart, draft, priced, savedPaymentMethodId }: Written): Promise<OrderRow> {
  const { cartId, buyer, locale, currency, contact, shippingAddress, billingAddress, couponCodes } = cart;
  const { redemptions, quotas, budgets, byNumber, trace } = priced;
  return tx.db.create(OrderRow, {
    tenantId: tx.tenant.id, id, version: 1, number: `${tx.tenant.slug.toUpperCase()}-${await nextNumber(tx, 'order', firstNumber)}`, cartId, ...buyer, emailHash: emailHashOf(contact), locale, currency,
    totals: draft.totals, contact, shippingAddress: shippingAddress ?? undefined, billingAddress, note: draft.note, paymentChoice: draft.paymentChoice, savedPaymentMethodId, paymentId: null, couponCodes,
    redemptions: { redemptions, quotas, budgets, ...(byNumber?.length && { byNumber }) }, trace, placedAt: tx.clock.now(), timeZone: tx.tenant.timeZone, paidMinor: 0, revivesAt: null, revivesWhy: null, isErased: false, storedMetadata: [], sealedContact: null, sealedAddress: null,
  });
}

async function partRowOf(tx: OrdersTx, order: OrderRow, { draft, position }: { draft: VendorOrderDraft; position: number }): Promise<VendorOrderRow> {
  const { vendorId, vendorSlug, vendorName, totals, shippingMethodId, shippingMethodName, shippingTaxes, commission, amountToCollectMinor, acceptsAfterHours } = draft;
  return tx.db.create(VendorOrderRow, {
    tenantId: tx.tenant.id, id: newId('vord', tx.clock.now()), version: 1, number: `${vendorSlug.toUpperCase()}-${await nextNumber(tx, vendorId, firstNumber)}`, orderId: order.id, vendorId, vendorName, status: 'PENDING_PAYMENT', totals,
    shippingMethodId, shippingMethodName, shippingTaxes, commission, amountToCollectMinor, placedAt: order.placedAt, position, completesAt: null, cancelledMinor: 0, acceptsAfterHours, acceptsAt: null, unpaidFrom: null,
  });
}

function lineRowOf(tx: OrdersTx, part: VendorOrderRow, line: LineDraft, position: number): OrderLineRow {
  return tx.db.create(OrderLineRow, { tenantId: tx.tenant.id, id: newId('oline', tx.clock.now()), version: 1, vendorOrderId: part.id, orderId: part.orderId, ...line, cancelled: 0, shipped: 0, delivered: 0, refunded: 0, position } as never);
}
