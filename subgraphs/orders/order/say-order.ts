import { orderPlaced, vendorOrderChanged, type OrderedLine, type OrderState, type VendorOrderState } from '@haat/schema/events/orders';
import { destinationOf } from '@haat/schema/parts';
import { signedToken } from '@haat/kit/signed-token';
import type { OrdersTx } from '../context.js';
import type { OrderLineRow, OrderRow, VendorOrderRow } from './order.row.js';
import { rollUp } from './roll-up.js';

/** An order with its parts and their lines, as it stands in the database. */
export interface WholeOrder {
  readonly order: OrderRow;
  readonly parts: readonly VendorOrderRow[];
  readonly lines: readonly OrderLineRow[];
}

/** How long a guest's link holds, in days. */
const guestLinkDays = 90;

/** Who may open what is sealed in an order's events. */
export const contactFor = { recipient: 'notifications', purpose: 'order-contact' } as const;
/** The same for the label of a parcel. */
export const addressFor = { recipient: 'shipping', purpose: 'order-address' } as const;

/** Says that an order was placed, and each part of it, in the commit that writes them. */
export async function sayPlaced(tx: OrdersTx, whole: WholeOrder): Promise<void> {
  const { order, parts, lines } = whole;
  await tx.emit(orderPlaced, {
    aggregate: { id: order.id, version: order.version },
    payload: {
      ...(await orderStateOf(tx, whole)), savedPaymentMethodId: order.savedPaymentMethodId,
      lines: lines.map(({ id, vendorOrderId, offerId, quantity, totalMinor }) => ({ orderLineId: id, vendorOrderId, offerId, quantity, totalMinor })),
    },
  });
  for (const part of parts) await sayPart(tx, whole, part);
}

/** Says the present state of one vendor's part. */
export async function sayPart(tx: OrdersTx, whole: WholeOrder, part: VendorOrderRow): Promise<void> {
  await tx.emit(vendorOrderChanged, { aggregate: { id: part.id, version: part.version }, payload: await vendorOrderStateOf(tx, whole, part) });
}

/** An order as its events carry it. */
export async function orderStateOf(tx: OrdersTx, { order, parts }: WholeOrder): Promise<OrderState> {
  const { id, number, cartId, locale, currency, totals, paymentChoice, couponCodes, emailHash, shippingAddress, placedAt } = order;
  return {
    orderId: id, number, cartId, status: rollUp(parts.map(({ status }) => status)), buyer: buyerOf(order), locale, currency, totals, paymentChoice, couponCodes: [...couponCodes], emailHash,
    shipTo: destinationOf(shippingAddress), placedAt: placedAt.toISOString(),
    vendorOrders: parts.map((part) => ({ vendorOrderId: part.id, number: part.number, vendorId: part.vendorId, vendorName: part.vendorName, status: part.status, totalMinor: part.totals.totalMinor })),
    sealedContact: await sealedContactOf(tx, order),
  };
}

/** One vendor's part as its events carry it. */
export async function vendorOrderStateOf(tx: OrdersTx, { order, lines }: WholeOrder, part: VendorOrderRow): Promise<VendorOrderState> {
  return {
    vendorOrderId: part.id, number: part.number, orderId: order.id, orderNumber: order.number, vendorId: part.vendorId, vendorName: part.vendorName, status: part.status, buyer: buyerOf(order),
    locale: order.locale, currency: order.currency, lines: lines.filter(({ vendorOrderId }) => vendorOrderId === part.id).map(orderedLineOf), totals: part.totals,
    shippingMethodId: part.shippingMethodId, shippingMethodName: part.shippingMethodName, shippingTaxes: [...part.shippingTaxes], commission: part.commission, paymentChoice: order.paymentChoice,
    amountToCollectMinor: part.amountToCollectMinor, shipTo: destinationOf(order.shippingAddress), placedAt: part.placedAt.toISOString(),
    sealedForShipping: await sealedAddressOf(tx, order),
  };
}

/** Seals what the events of an order carry, where it is not sealed yet. */
export async function sealOrder(tx: OrdersTx, order: OrderRow): Promise<void> {
  await sealedContactOf(tx, order);
  await sealedAddressOf(tx, order);
}

/** Sealed when the order is written, and again only once it says something else. */
async function sealedContactOf(tx: OrdersTx, order: OrderRow): Promise<string> {
  const { contact } = order;
  order.sealedContact ??= await tx.seal(contactFor.recipient, { tenantId: tx.tenant.id, purpose: contactFor.purpose }, { to: contact?.email ?? null, phone: contact?.phone ?? null, name: contact?.name ?? null, link: linkOf(tx, order) });
  return order.sealedContact;
}

async function sealedAddressOf(tx: OrdersTx, order: OrderRow): Promise<string> {
  order.sealedAddress ??= await tx.seal(addressFor.recipient, { tenantId: tx.tenant.id, purpose: addressFor.purpose }, { address: order.shippingAddress, contact: order.contact });
  return order.sealedAddress;
}

function orderedLineOf(row: OrderLineRow): OrderedLine {
  const { id, cartLineId, offerId, productId, variantId, title, sku, options, imageUrl, weightGrams, quantity, cancelled, shipped, delivered, refunded } = row;
  const { unitPriceMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes, commissionMinor } = row;
  return {
    orderLineId: id, cartLineId, offerId, productId, variantId, title, sku, options: [...options], imageUrl, weightGrams, quantity, cancelled, shipped, delivered, refunded,
    unitPriceMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes: [...taxes], commissionMinor,
  };
}

/** Where the buyer sees the order, as a path of the shop. A guest's has a key in it, good for 90 days after the order. */
function linkOf({ config, tenant }: OrdersTx, { id, number, userId, placedAt }: OrderRow): string {
  const path = `/orders/${encodeURIComponent(number)}`;
  if (userId !== null) return path;
  const expiresAt = new Date(placedAt.getTime() + guestLinkDays * 86_400_000);
  // Behind a `#`: browsers send that to no server, so that the key is in no access log.
  return `${path}#key=${signedToken(config.GUEST_KEY_SECRET, { purpose: 'order', tenantId: tenant.id, id, expiresAt })}`;
}

function buyerOf({ userId, guestKey }: OrderRow): { userId: string | null; guestKey: string | null } {
  return { userId, guestKey };
}
