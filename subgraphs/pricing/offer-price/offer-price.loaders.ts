import { listLoader, loader } from '@haat/kit/loader';
import type { PricingContext } from '../context.js';
import { offerPriceColumns, offerPriceOf, type OfferPriceRead } from './offer-price.row.js';
import { pricesNow } from './prices-now.js';

/** What everybody pays for each offer now: one statement, and six more where a moment has come that the job has not seen yet. */
export function pricesByOffer(ctx: PricingContext) {
  return loader(async (offerIds: readonly string[]) => {
    const rows: OfferPriceRead[] = await ctx.db.query(`select ${offerPriceColumns} from offer_price o where o.id = any($1)`, [offerIds]);
    return new Map((await pricesNow(ctx, rows.map(offerPriceOf))).map((row) => [row.offerId, row]));
  });
}

/** The same for the offers of each variant that are for sale. */
export function pricesByVariant(ctx: PricingContext) {
  return listLoader(async (variantIds: readonly string[]) => {
    const rows: OfferPriceRead[] = await ctx.db.query(
      `select ${offerPriceColumns} from offer_price o join offer_fact f on f.tenant_id = o.tenant_id and f.id = o.id where o.variant_id = any($1) and f.status = 'ACTIVE'`, [variantIds]);
    return pricesNow(ctx, rows.map(offerPriceOf));
  }, ({ variantId }) => variantId);
}
