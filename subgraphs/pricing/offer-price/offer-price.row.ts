import { minorOf } from '../minor-of.js';

/** What everybody pays for one piece of an offer, as it was computed last. Without a price `currentMinor` is null. */
export interface OfferPriceRow {
  readonly offerId: string;
  readonly version: number;
  readonly vendorId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly currency: string;
  readonly currentMinor: number | null;
  readonly compareAtMinor: number | null;
  readonly lowestMinor: number | null;
  readonly isTaxIncluded: boolean;
  readonly endsAt: Date | null;
  readonly dueAt: Date | null;
}

/** The columns, of a table named `o`, as {@link offerPriceOf} reads them. */
export const offerPriceColumns = 'o.id, o.version, o.vendor_id, o.product_id, o.variant_id, o.currency, o.current_minor, o.compare_at_minor, o.lowest_minor, o.tax_included, o.ends_at, o.due_at';

/** The columns as the driver gives them. */
export interface OfferPriceRead {
  id: string;
  version: number;
  vendor_id: string;
  product_id: string;
  variant_id: string;
  currency: string;
  current_minor: string | null;
  compare_at_minor: string | null;
  lowest_minor: string | null;
  tax_included: boolean;
  ends_at: Date | null;
  due_at: Date | null;
}

/** A row as we speak of it. */
export function offerPriceOf(read: OfferPriceRead): OfferPriceRow {
  return {
    offerId: read.id, version: read.version, vendorId: read.vendor_id, productId: read.product_id, variantId: read.variant_id, currency: read.currency,
    currentMinor: minorOf(read.current_minor), compareAtMinor: minorOf(read.compare_at_minor), lowestMinor: minorOf(read.lowest_minor),
    isTaxIncluded: read.tax_included, endsAt: read.ends_at, dueAt: read.due_at,
  };
}

/** Whether two rows say the same to everybody. */
export function saysTheSame(one: OfferPriceRow, other: OfferPriceRow): boolean {
  return one.currentMinor === other.currentMinor && one.compareAtMinor === other.compareAtMinor && one.lowestMinor === other.lowestMinor
    && one.isTaxIncluded === other.isTaxIncluded && one.currency === other.currency && one.endsAt?.getTime() === other.endsAt?.getTime();
}
