import { parcelDepart } from '@haat/schema/asks/orders';
import { paymentAuthorized, paymentCaptured, paymentExpired, paymentFailed, paymentOpened, refundSucceeded, type PaymentState } from '@haat/schema/events/payments';
import { parcelDelivered, parcelReturned, parcelShipped, type ParcelState } from '@haat/schema/events/shipping';
import type { EventContract } from '@haat/schema/event';
import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import type { OrdersRig } from './orders-rig.js';

/** What a test knows of an order that was placed. */
export interface PlacedOrder {
  readonly id: string;
  readonly tenantId: string;
  readonly totalMinor: number;
  readonly parts: readonly { readonly id: string; readonly vendorId: string; readonly lines: readonly { readonly id: string; readonly quantity: number }[] }[];
}

const moneyEvents = { opened: paymentOpened, authorized: paymentAuthorized, captured: paymentCaptured, expired: paymentExpired, failed: paymentFailed } as const;
const parcelEvents = { shipped: parcelShipped, delivered: parcelDelivered, returned: parcelReturned } as const;

/** Lets orders hear of a payment of an order, as payments would say it. */
export async function payment(rig: OrdersRig, order: PlacedOrder, kind: keyof typeof moneyEvents, changes: Partial<PaymentState & { readonly code: string }> = {}): Promise<void> {
  const amountMinor = order.totalMinor;
  const paid = kind === 'captured' || kind === 'authorized' ? amountMinor : 0;
  const state: PaymentState = {
    paymentId: `pay_${order.id}`, orderId: order.id, provider: 'STRIPE', status: kind === 'captured' ? 'CAPTURED' : kind === 'authorized' ? 'AUTHORIZED' : kind === 'expired' ? 'EXPIRED' : 'REQUIRES_ACTION',
    buyer: { userId: null, guestKey: null }, currency: 'EUR', amountMinor, authorizedMinor: kind === 'authorized' ? paid : 0, capturedMinor: kind === 'captured' ? paid : 0, refundedMinor: 0, shares: [], ...changes,
  };
  await hear(rig, order.tenantId, moneyEvents[kind], { ...state, ...(kind === 'captured' && { nowMinor: paid }), ...(kind === 'failed' && { code: 'declined', reason: 'Declined.', ...changes }) });
}

/** Lets orders hear that money went back for one part of an order; for none where that is not said. */
export async function refunded(rig: OrdersRig, order: PlacedOrder, { part, reason }: { readonly part?: number; readonly reason: string }): Promise<void> {
  const of = part === undefined ? undefined : order.parts[part];
  await hear(rig, order.tenantId, refundSucceeded, {
    refundId: newId('ref'), paymentId: `pay_${order.id}`, orderId: order.id, currency: 'EUR', amountMinor: 100, lines: [], shares: of ? [{ vendorOrderId: of.id, vendorId: of.vendorId, amountMinor: 100 }] : [],
    buyer: { userId: null, guestKey: null }, reason,
  });
}

/** Pieces of one part that are sent together: all of them, unless said otherwise. */
export interface Packed {
  readonly part?: number;
  readonly quantities?: readonly number[];
  readonly parcelId?: string;
}

/** Lets orders hear of a parcel with pieces of one part. */
export async function parcel(rig: OrdersRig, order: PlacedOrder, kind: keyof typeof parcelEvents, packed: Packed = {}): Promise<void> {
  const { part, lines } = contentOf(order, packed);
  const state: ParcelState = {
    parcelId: packed.parcelId ?? newId('par'), shipmentId: newId('shp'), vendorOrderId: part.id, orderId: order.id, vendorId: part.vendorId, buyer: { userId: null, guestKey: null }, carrier: 'own', trackingId: null, trackingUrl: null,
    lines: lines.map((line) => ({ ...line, cartLineId: 'line_1', offerId: 'ofr_1' })),
  };
  await hear(rig, order.tenantId, parcelEvents[kind], { ...state, ...(kind === 'returned' && { reason: 'Nobody was there.' }) });
}

/** Asks orders whether a parcel with pieces of one part may leave, as shipping does. */
export async function depart(rig: OrdersRig, asker: TestAsker, order: PlacedOrder, packed: Packed = {}): Promise<string> {
  const { part, lines } = contentOf(order, packed);
  return (await rig.subgraph.put(asker, parcelDepart, { vendorOrderId: part.id, parcelId: packed.parcelId ?? newId('par'), lines })).outcome;
}

function contentOf({ parts }: PlacedOrder, { part = 0, quantities }: Packed): { part: PlacedOrder['parts'][number]; lines: { orderLineId: string; quantity: number }[] } {
  const of = parts[part];
  if (!of) throw new Error(`The order has no part ${part}.`);
  return { part: of, lines: of.lines.map(({ id, quantity }, at) => ({ orderLineId: id, quantity: quantities?.[at] ?? quantity })) };
}

async function hear(rig: OrdersRig, tenantId: string, contract: EventContract, payload: unknown): Promise<void> {
  const outcomes = await rig.subgraph.hear(contract, tenantId, { aggregate: { id: newId('evt'), version: 1 }, payload } as never);
  if (!outcomes.every((one) => JSON.stringify(one).includes('applied'))) throw new Error(`${contract.key} was not applied: ${JSON.stringify(outcomes)}`);
}
