import { priceChanged } from '@haat/schema/events/pricing';
import { newId } from '@haat/kit/id';
import type { PricingTx } from '../context.js';
import type { PricedGoods } from '../engine/pricing-input.js';
import { offerPriceColumns, offerPriceOf, saysTheSame, type OfferPriceRead, type OfferPriceRow } from './offer-price.row.js';
import { priceChangedOf } from './price-changed-of.js';
import { pricedAnew } from './prices-now.js';

/**
 * Computes what everybody pays for offers and says what changed. The rows are locked before anything is read, in the order of
 * their ids: whoever prices the same offer waits, and then reads what we wrote.
 */
export async function repriceOffers(tx: PricingTx, offerIds: readonly string[]): Promise<void> {
  const before = await locked(tx, offerIds);
  const after = await pricedAnew(tx, before);
  await save(tx, after.map((row, at) => ({ row, isSaid: !said(before[at], row) })));
  const changed = after.filter((row, at) => !said(before[at], row));
  await keepHistory(tx, after.filter((row, at) => before[at]?.currentMinor !== row.currentMinor || before[at]?.currency !== row.currency));
  for (const row of changed) await tx.emit(priceChanged, { aggregate: { id: row.offerId, version: row.version + 1 }, payload: priceChangedOf(row) });
}

/** Makes a row for each offer that has none yet, as one without a price, of which nothing is said. */
export async function beginPricing(tx: PricingTx, goods: readonly PricedGoods[]): Promise<void> {
  await tx.db.query(
    `insert into offer_price (id, version, vendor_id, product_id, variant_id, currency, tax_included)
     select r.id, 0, r.vendor, r.product, r.variant, $2, true from jsonb_to_recordset($1::jsonb) as r(id text, vendor text, product text, variant text) order by r.id on conflict do nothing`,
    [JSON.stringify(goods.map((one) => ({ id: one.offerId, vendor: one.vendorId, product: one.productId, variant: one.variantId }))), tx.tenant.currency]);
}

async function locked(tx: PricingTx, offerIds: readonly string[]): Promise<OfferPriceRow[]> {
  const rows: OfferPriceRead[] = await tx.db.query(`select ${offerPriceColumns} from offer_price o where o.id = any($1) order by o.id for update`, [offerIds]);
  return rows.map(offerPriceOf);
}

function said(before: OfferPriceRow | undefined, after: OfferPriceRow): boolean {
  return before !== undefined && saysTheSame(before, after);
}

async function save(tx: PricingTx, all: readonly { readonly row: OfferPriceRow; readonly isSaid: boolean }[]): Promise<void> {
  await tx.db.query(
    `update offer_price o set version = o.version + r.step, vendor_id = r."vendorId", product_id = r."productId", variant_id = r."variantId", currency = r.currency,
       current_minor = r."currentMinor", compare_at_minor = r."compareAtMinor", lowest_minor = r."lowestMinor", tax_included = r."isTaxIncluded", ends_at = r."endsAt", due_at = r."dueAt", updated_at = now()
     from jsonb_to_recordset($1::jsonb) as r("offerId" text, step int, "vendorId" text, "productId" text, "variantId" text, currency text, "currentMinor" bigint, "compareAtMinor" bigint,
       "lowestMinor" bigint, "isTaxIncluded" boolean, "endsAt" timestamptz, "dueAt" timestamptz)
     where o.id = r."offerId"`,
    [JSON.stringify(all.map(({ row, isSaid }) => ({ ...row, step: isSaid ? 1 : 0 })))]);
}

/** One row for as long as a price holds. */
async function keepHistory(tx: PricingTx, rows: readonly OfferPriceRow[]): Promise<void> {
  if (rows.length === 0) return;
  const now = tx.clock.now();
  await tx.db.query('update price_history set ends_at = $2, updated_at = now() where offer_id = any($1) and ends_at is null', [rows.map(({ offerId }) => offerId), now]);
  const priced = rows.filter(({ currentMinor }) => currentMinor !== null).map(({ offerId, currency, currentMinor }) => ({ id: newId('prc', now), offerId, currency, currentMinor }));
  await tx.db.query(
    `insert into price_history (id, offer_id, currency, price_minor, starts_at) select r.id, r."offerId", r.currency, r."currentMinor", $2
     from jsonb_to_recordset($1::jsonb) as r(id text, "offerId" text, currency text, "currentMinor" bigint)`, [JSON.stringify(priced), now]);
}
