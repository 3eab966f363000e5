import { z } from 'zod';
import type { ParcelState } from '../shipment/parcel-state.js';

/** What Pathao says in a callback. */
export const pathaoCallback = z.object({
  event: z.string().max(64),
  consignment_id: z.string().max(64).optional(),
  merchant_order_id: z.string().max(64).nullish(),
  /** UTC. */
  timestamp: z.string().max(40).optional(),
  delivery_fee: z.coerce.number().min(0).nullish(),
  collected_amount: z.coerce.number().min(0).max(1e9).nullish(),
  reason: z.string().max(500).nullish(),
  invoice_id: z.string().max(64).nullish(),
});

/** What Pathao says in a callback. */
export type PathaoCallback = z.infer<typeof pathaoCallback>;

/** Where each event of Pathao puts a parcel; null where it only tells something. */
export const stateOfEvent: Readonly<Record<string, ParcelState | null>> = {
  'order.created': 'BOOKED',
  'order.updated': null,
  'order.pickup-requested': 'PICKUP_REQUESTED',
  'order.assigned-for-pickup': null,
  'order.picked': 'PICKED_UP',
  'order.pickup-failed': 'ON_HOLD',
  'order.pickup-cancelled': 'CANCELLED',
  'order.at-the-sorting-hub': 'AT_HUB',
  'order.in-transit': 'IN_TRANSIT',
  'order.received-at-last-mile-hub': 'AT_HUB',
  'order.assigned-for-delivery': 'OUT_FOR_DELIVERY',
  'order.delivered': 'DELIVERED',
  'order.partial-delivery': 'PARTIALLY_DELIVERED',
  'order.returned': 'RETURNED',
  'order.delivery-failed': 'DELIVERY_FAILED',
  'order.on-hold': 'ON_HOLD',
  'order.paid': null,
  'order.paid-return': 'RETURNED',
  // Another parcel comes back in its stead.
  'order.exchanged': 'DELIVERED',
};

/** Words of order info that are not those of its event. */
const otherWords: Readonly<Record<string, string>> = { pending: 'created', return: 'returned', exchange: 'exchanged' };

/** Where a consignment is by the word that Pathao's order info has for it, such as `In_Transit`; null where that says nothing. */
export function stateOfStatus(status: string): ParcelState | null {
  const word = status.trim().toLowerCase().replace(/[^a-z]+/g, '-');
  return stateOfEvent[`order.${otherWords[word] ?? word}`] ?? null;
}

/** Events by which cash was taken at the door. */
export const cashEvents: ReadonlySet<string> = new Set(['order.delivered', 'order.partial-delivery', 'order.paid-return', 'order.exchanged']);

/** Events by which money moves, of what came back to the buyer: believed once Pathao says the same when it is asked. */
export const moneyEvents: ReadonlySet<string> = new Set([...cashEvents, 'order.returned']);

/** When it happened; undefined where that cannot be read. A time without a zone is UTC. */
export function momentOf({ timestamp }: PathaoCallback): Date | undefined {
  if (timestamp === undefined) return undefined;
  const text = /(?:[zZ]|[+-]\d\d:?\d\d)$/.test(timestamp) ? timestamp : `${timestamp.replace(' ', 'T')}Z`;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
