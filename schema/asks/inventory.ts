import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { destination } from '../parts.js';

/** Lines that one hold may have. */
export const heldLinesMax = 250;

/** Holds every line of a checkout, or none. Once per order: asking again answers what is held. */
export const inventoryReserve = defineAsk({
  subgraph: 'inventory', name: 'inventory.reserve', version: 1,
  description: 'Holds the pieces of every line of an order, or of none, and says then how many are left.',
  input: z.strictObject({
    /** The key: one hold per order. */
    orderId: z.string().max(64),
    lines: z.array(z.strictObject({ lineId: z.string().max(64), offerId: z.string().max(64), quantity: z.int().min(1).max(1_000_000) })).min(1).max(heldLinesMax),
    /** For the choice of warehouses. */
    destination: destination.nullable(),
    /** How long to hold, in minutes; the subgraph's own setting when absent. */
    holdMinutes: z.int().min(1).max(7 * 24 * 60).optional(),
    /** True to hold anew what was given back: for an order that was paid late. */
    again: z.boolean().optional(),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('HELD'),
      expiresAt: z.iso.datetime(),
      lines: z.array(z.object({ lineId: z.string(), warehouses: z.array(z.object({ warehouseId: z.string(), quantity: z.int().min(1) })) })),
    }),
    z.object({ outcome: z.literal('SHORT'), lines: z.array(z.object({ lineId: z.string(), offerId: z.string(), requested: z.int(), available: z.int().min(0) })) }),
    /** The order's hold was given back before, or ended; `again` was not said. */
    z.object({ outcome: z.literal('RELEASED') }),
  ]),
  deadlineMs: 3_000, changes: true,
});

/** Holds longer, at most to the subgraph's cap. */
export const inventoryExtend = defineAsk({
  subgraph: 'inventory', name: 'inventory.extend', version: 1,
  description: 'Lets the hold of an order last until a later moment.',
  input: z.strictObject({ orderId: z.string().max(64), until: z.iso.datetime() }),
  output: z.object({ outcome: z.enum(['EXTENDED', 'GONE']), expiresAt: z.iso.datetime().nullable() }),
  deadlineMs: 2_000, changes: true,
});

/** Gives a hold back. For an order that holds nothing, nothing happens. */
export const inventoryRelease = defineAsk({
  subgraph: 'inventory', name: 'inventory.release', version: 1,
  description: 'Gives back everything that an order holds.',
  input: z.strictObject({ orderId: z.string().max(64) }),
  output: z.object({ outcome: z.enum(['RELEASED', 'NOTHING']) }),
  deadlineMs: 3_000, changes: true,
});

/** How many pieces of each offer can be bought now, exactly: what shoppers see of it is capped. An offer that nobody stocks has none. */
export const inventoryCount = defineAsk({
  subgraph: 'inventory', name: 'inventory.count', version: 1,
  description: 'How many pieces of each offer can be bought now, over all warehouses, or over those that send to a place.',
  input: z.strictObject({
    offerIds: z.array(z.string().max(64)).min(1).max(heldLinesMax),
    /** Where the goods are to go, as it is said to `inventory.reserve`; every warehouse counts when absent. */
    destination: destination.nullable().optional(),
  }),
  output: z.object({ offers: z.array(z.object({ offerId: z.string(), available: z.int().min(0) })) }),
  deadlineMs: 2_000, changes: false,
});
