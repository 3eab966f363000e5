import { fixedId } from '@haat/kit/id';
import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { metadataRow } from '../metadata.js';

/** Whether an offer is for sale. */
export enum OfferStatus { DRAFT = 'DRAFT', ACTIVE = 'ACTIVE', PAUSED = 'PAUSED', BLOCKED = 'BLOCKED', ARCHIVED = 'ARCHIVED' }

/** A vendor's offer of a variant. Its price is pricing's, its stock inventory's. */
export const offers = defineCollection({
  name: 'offers',
  schema: z.object({
    productId: z.string(),
    variantId: z.string(),
    vendorId: z.string(),
    vendorSku: z.string(),
    status: z.enum(OfferStatus),
    weightGrams: z.int().optional(),
    maxPerOrder: z.int().optional(),
    /** By which of the vendor's ways it is sent; shipping knows them by this key. */
    shippingProfile: z.string(),
    metadata: z.array(metadataRow),
    /** What everybody pays, as pricing said it last; without an amount where it has no price any more. */
    priced: z.object({ heardVersion: z.int(), currency: z.string(), currentMinor: z.int().optional() }).optional(),
    /** Whether it can be had, as inventory said it last. */
    stocked: z.object({ heardVersion: z.int(), isInStock: z.boolean(), isBackorder: z.boolean() }).optional(),
  }),
  indexes: [
    { name: 'byVariant', keys: { variantId: 1 } },
    { name: 'byVendorSku', keys: { vendorId: 1, vendorSku: 1 }, unique: true },
  ],
});
/** An offer as it is kept. */
export type OfferRow = Stored<z.infer<typeof offers.outgoing>>;
/** An offer about to be written. */
export type NewOfferRow = Omit<OfferRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>;

/** The id of a vendor's offer of a variant: made of both, so that of many who make it at once one does. */
export function offerId(tenantId: string, vendorId: string, variantId: string): string {
  return fixedId('ofr', `${tenantId}:${vendorId}:${variantId}`);
}
