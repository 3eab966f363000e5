import type { PricingReads } from '../context.js';
import { computePrices, type ComputedPrice } from './compute-prices.js';
import { lowestBefore } from './lowest-before.js';
import type { OfferPriceRow } from './offer-price.row.js';

/**
 * Rows as they are at this moment: those that may have changed since they were computed are computed anew, without writing.
 * So a sale begins and ends on time for everybody who looks, however late the job is that says so.
 */
export async function pricesNow(ctx: PricingReads, rows: readonly OfferPriceRow[]): Promise<OfferPriceRow[]> {
  const now = ctx.clock.now();
  const due = rows.filter(({ dueAt }) => dueAt !== null && dueAt <= now);
  return due.length === 0 ? [...rows] : replaced(rows, await pricedAnew(ctx, due));
}

/** Rows computed anew: their lowest price before is looked for where the price is another one. Six statements. */
export async function pricedAnew(ctx: PricingReads, rows: readonly OfferPriceRow[]): Promise<OfferPriceRow[]> {
  const [offerIds, currency] = [rows.map(({ offerId }) => offerId), rows[0]?.currency ?? ctx.tenant.currency];
  const computed = await computePrices(ctx, offerIds, currency);
  const lowest = await lowestBefore(ctx, offerIds, currency);
  return rows.map((row) => {
    const price = computed.get(row.offerId);
    return price ? merged(row, price, lowest.get(row.offerId) ?? null) : row;
  });
}

function merged(row: OfferPriceRow, price: ComputedPrice, lowestMinor: number | null): OfferPriceRow {
  const { goods: { vendorId, productId, variantId }, currency, currentMinor, compareAtMinor, isTaxIncluded, endsAt, dueAt } = price;
  const isAnother = currentMinor !== row.currentMinor;
  return { ...row, vendorId, productId, variantId, currency, currentMinor, compareAtMinor, isTaxIncluded, endsAt, dueAt, lowestMinor: isAnother ? lowestMinor : row.lowestMinor };
}

function replaced(rows: readonly OfferPriceRow[], anew: readonly OfferPriceRow[]): OfferPriceRow[] {
  const byOffer = new Map(anew.map((row) => [row.offerId, row]));
  return rows.map((row) => byOffer.get(row.offerId) ?? row);
}
