import { z } from 'zod';
import { defineAsk } from '../ask.js';

/** Lines that a parcel may have. */
const linesMax = 250;

/** Lines that an order may have: as many as a cart. */
const orderLinesMax = 100;

/** What somebody bought, as it was placed: for buying it again. Null for anybody's order but the viewer's own. */
export const orderRead = defineAsk({
  subgraph: 'orders', name: 'order.read', version: 1,
  description: 'Offers and pieces of an order as it was placed, of its buyer only.',
  input: z.strictObject({ orderId: z.string().max(64) }),
  output: z.object({ lines: z.array(z.object({ offerId: z.string(), quantity: z.int().min(1) })).max(orderLinesMax).nullable() }),
  deadlineMs: 2_000, changes: false,
});

/** Lets a parcel leave its vendor. Who asks again for the same parcel is told the same and changes nothing; nothing undoes it but the parcel's return. */
export const parcelDepart = defineAsk({
  subgraph: 'orders', name: 'parcel.depart', version: 1,
  description: 'Lets a parcel leave its vendor and counts its pieces as shipped, unless any of them was cancelled or the part is held back.',
  input: z.strictObject({
    vendorOrderId: z.string().max(64),
    /** The key: a parcel departs once. */
    parcelId: z.string().max(64),
    /** What is in it. */
    lines: z.array(z.strictObject({ orderLineId: z.string().max(64), quantity: z.int().min(1).max(1_000_000) })).max(linesMax),
  }),
  output: z.discriminatedUnion('outcome', [
    /** It may leave: from now on nobody cancels what is in it. */
    z.object({ outcome: z.literal('DEPARTED') }),
    /** Pieces in it were cancelled: it must not leave. */
    z.object({ outcome: z.literal('CANCELLED') }),
    /** The part is held back: it must not leave before somebody releases it. */
    z.object({ outcome: z.literal('HELD') }),
    z.object({ outcome: z.literal('NOT_FOUND') }),
  ]),
  deadlineMs: 3_000, changes: true,
});
