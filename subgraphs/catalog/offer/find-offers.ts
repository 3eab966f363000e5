import type { Representation } from '@haat/kit/define';
import { seesOffersOf } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { seesProduct } from '../product/find-products.js';
import type { ProductRow } from '../product/product.row.js';
import { offers, OfferStatus, type OfferRow } from './offer.row.js';
import { Offer } from './offer.type.js';

/** Whether whoever asks sees an offer of a product: its vendor and the operators always, everybody else while it is for sale. */
export function seesOffer(ctx: CatalogContext, offer: OfferRow, product: ProductRow | null): boolean {
  const isWhole = product?.variants.some(({ id }) => id === offer.variantId) ?? false;
  const isShown = offer.status === OfferStatus.ACTIVE || seesOffersOf(ctx.viewer, offer.vendorId);
  return isWhole && isShown && product !== null && seesProduct(ctx, product);
}

/** Offers by the keys of other subgraphs: one statement, and one for the products that decide who sees them. */
export async function findOffers(ctx: CatalogContext, keys: readonly Representation[]): Promise<readonly (Offer | null)[]> {
  const rows = await ctx.db.collection(offers).findByIds(keys.map(({ id }) => id));
  const products = await Promise.all(rows.map((row) => (row ? ctx.loaders.productsById.load(row.productId) : null)));
  return rows.map((row, at) => (row && seesOffer(ctx, row, products[at] ?? null) ? Offer.of(row) : null));
}

/** The offers of a variant that whoever asks sees: shoppers not those of a vendor that does not sell now. */
export async function offersOf(ctx: CatalogContext, variantId: string, product: ProductRow): Promise<OfferRow[]> {
  const rows = (await ctx.loaders.offersByVariant.load(variantId)).filter((row) => seesOffer(ctx, row, product));
  const facts = await Promise.all(rows.map(({ vendorId }) => ctx.loaders.vendorFactsById.load(vendorId)));
  return rows.filter(({ vendorId }, at) => (facts[at]?.isOpen ?? true) || seesOffersOf(ctx.viewer, vendorId));
}
