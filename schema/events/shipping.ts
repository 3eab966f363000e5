import { z } from 'zod';
import { defineEvent } from '../event.js';
import { buyer, currencyCode, minorAmount } from '../parts.js';

/** A parcel on its way: what is in it, and by whom it is carried. */
export const parcelState = z.object({
  parcelId: z.string(),
  shipmentId: z.string(),
  vendorOrderId: z.string(),
  orderId: z.string(),
  vendorId: z.string(),
  buyer,
  carrier: z.string(),
  trackingId: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  lines: z.array(z.object({ orderLineId: z.string(), cartLineId: z.string(), offerId: z.string(), quantity: z.int().min(1) })),
});

/** What a parcel event says. */
export type ParcelState = z.infer<typeof parcelState>;

const ofParcel = { producer: 'shipping', version: 1, aggregate: 'parcel', payload: parcelState } as const;

/** It has a label; it may still be cancelled. */
export const parcelLabelled = defineEvent({ ...ofParcel, name: 'parcel-labelled', description: 'A parcel has its label and waits to be picked up.' });

/** It left the vendor: stock leaves the shelf. */
export const parcelShipped = defineEvent({ ...ofParcel, name: 'parcel-shipped', description: 'A parcel left its vendor.' });

/** It was handed over. */
export const parcelDelivered = defineEvent({ ...ofParcel, name: 'parcel-delivered', description: 'A parcel was handed over to its recipient.' });

/** It could not be handed over; the courier tries again or brings it back. */
export const parcelFailed = defineEvent({ ...ofParcel, name: 'parcel-failed', description: 'A parcel could not be handed over.', payload: parcelState.extend({ reason: z.string() }) });

/** It is back at the vendor. */
export const parcelReturned = defineEvent({
  ...ofParcel, name: 'parcel-returned', description: 'A parcel came back to its vendor.',
  payload: parcelState.extend({
    reason: z.string(),
    /** True where it broke on its way: nothing of it is to be sold again. */
    damaged: z.boolean().optional(),
  }),
});

/** The courier took the money at the door. */
export const codCollected = defineEvent({
  producer: 'shipping', name: 'cod-collected', version: 1, aggregate: 'parcel',
  description: 'A courier collected the money of a vendor order at the door.',
  payload: z.object({ parcelId: z.string(), shipmentId: z.string(), vendorOrderId: z.string(), orderId: z.string(), vendorId: z.string(), carrier: z.string(), currency: currencyCode, amountMinor: minorAmount, feeMinor: minorAmount.optional() }),
});
