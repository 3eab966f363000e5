import { seesOffersOf } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import type { ProductRow } from '../product/product.row.js';
import { BuyBoxEntry } from './buy-box.type.js';
import { offersOf, seesOffer } from './find-offers.js';
import { OfferStatus, type OfferRow } from './offer.row.js';
import { Offer } from './offer.type.js';
import { rankOffers, type BuyBoxPlace, type RankedOffer } from './rank-offers.js';

/** Between the worst and the best: what a vendor counts as of whom nothing was heard yet. */
const scoreUnknown = 500;

/** The offer of a variant that shops show first; null where none is for sale at an open vendor. */
export async function bestOfferOf(ctx: CatalogContext, variantId: string, product: ProductRow): Promise<Offer | null> {
  const rows = (await offersOf(ctx, variantId, product)).filter(({ status }) => status === OfferStatus.ACTIVE);
  const shown = await Promise.all(rows.map((row) => isOpen(ctx, row.vendorId)));
  const [first] = await placesOf(ctx, rows.filter((_, at) => shown[at]));
  return first ? Offer.of(first.row) : null;
}

/** Every offer's place and why, for those who sell the variant and for operators; null for everybody else. */
export async function buyBoxOf(ctx: CatalogContext, variantId: string, product: ProductRow): Promise<BuyBoxEntry[] | null> {
  const rows = await ctx.loaders.offersByVariant.load(variantId);
  if (!rows.some(({ vendorId }) => seesOffersOf(ctx.viewer, vendorId)) && !seesOffersOf(ctx.viewer, '')) return null;
  const places = await placesOf(ctx, rows);
  return places.map(({ row, place }, at) => ({ row, entry: Object.assign(new BuyBoxEntry(), { offer: Offer.of(row), rank: at + 1, isEligible: place.isEligible, reasons: place.reasons }) }))
    .filter(({ row }) => seesOffer(ctx, row, product)).map(({ entry }) => entry);
}

/** Whether a vendor sells now. One of whom nothing was heard yet counts as open: a checkout asks vendors themselves. */
export async function isOpen(ctx: CatalogContext, vendorId: string): Promise<boolean> {
  return (await ctx.loaders.vendorFactsById.load(vendorId))?.isOpen ?? true;
}

async function placesOf(ctx: CatalogContext, rows: readonly OfferRow[]): Promise<{ readonly row: OfferRow; readonly place: BuyBoxPlace }[]> {
  const facts = await Promise.all(rows.map(({ vendorId }) => ctx.loaders.vendorFactsById.load(vendorId)));
  const ranked = rankOffers(rows.map((row, at) => knownOf(row, facts[at] ?? null, ctx.tenant.currency)));
  return ranked.flatMap((place) => {
    const row = rows.find(({ _id }) => _id === place.id);
    return row ? [{ row, place }] : [];
  });
}

/** A price in another currency cannot be compared, and nobody here pays it. */
function knownOf({ _id, status, priced, stocked }: OfferRow, vendor: { readonly isOpen: boolean; readonly score: number } | null, currency: string): RankedOffer {
  return {
    id: _id, isActive: status === OfferStatus.ACTIVE, isVendorOpen: vendor?.isOpen ?? true, score: vendor?.score ?? scoreUnknown,
    priceMinor: priced?.currency === currency ? priced.currentMinor : undefined, isInStock: stocked?.isInStock ?? false, isBackorder: stocked?.isBackorder ?? false,
  };
}
