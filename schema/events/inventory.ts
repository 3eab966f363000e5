import { z } from 'zod';
import { defineEvent } from '../event.js';

/** Pieces in one warehouse. `available` = onHand − allocated − reserved − safety, plus what may be backordered. */
const level = z.object({
  offerId: z.string(),
  warehouseId: z.string(),
  vendorId: z.string(),
  onHand: z.int(),
  allocated: z.int(),
  reserved: z.int(),
  safety: z.int(),
  backorderLimit: z.int(),
  available: z.int(),
  /** At or below its threshold. */
  isLow: z.boolean(),
});

/** Anything of a stock level changed. */
export const stockChanged = defineEvent({
  producer: 'inventory', name: 'stock-changed', version: 1, aggregate: 'stock-level',
  description: 'The pieces of an offer in one warehouse changed: received, reserved, allocated, shipped, counted.',
  payload: level,
});

/** A level fell to its threshold. Said on the way down only, and again after it had been above. */
export const stockLow = defineEvent({
  producer: 'inventory', name: 'stock-low', version: 1, aggregate: 'stock-level',
  description: 'The stock of an offer in one warehouse fell to its threshold.',
  payload: z.object({ offerId: z.string(), warehouseId: z.string(), vendorId: z.string(), available: z.int(), threshold: z.int() }),
});

/** What an offer has over all warehouses, as shoppers may know it. */
const availability = z.object({ offerId: z.string(), vendorId: z.string(), available: z.int().min(0), backorder: z.boolean() });

/** Nothing of an offer is left anywhere. */
export const stockRanOut = defineEvent({ producer: 'inventory', name: 'stock-ran-out', version: 1, aggregate: 'offer-stock', description: 'Nothing of an offer is left in any warehouse.', payload: availability });

/** An offer can be bought again, or for the first time. */
export const stockBack = defineEvent({ producer: 'inventory', name: 'stock-back', version: 1, aggregate: 'offer-stock', description: 'An offer that had nothing left has stock again, or for the first time.', payload: availability });

/** How many warehouses a marketplace has now. */
export const warehouseUsageCounted = defineEvent({
  producer: 'inventory', name: 'usage-counted', version: 1, aggregate: 'usage',
  description: 'How many open warehouses a tenant has now.',
  payload: z.object({ meter: z.literal('warehouses'), used: z.int().min(0) }),
});

/** A hold ended because nobody confirmed it in time. */
export const reservationExpired = defineEvent({
  producer: 'inventory', name: 'reservation-expired', version: 1, aggregate: 'reservation',
  description: 'The hold of an order ended in time unconfirmed; its pieces can be bought again.',
  payload: z.object({ orderId: z.string(), lines: z.array(z.object({ lineId: z.string(), offerId: z.string(), quantity: z.int().min(1) })) }),
});
