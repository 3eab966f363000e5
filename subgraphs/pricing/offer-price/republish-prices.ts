import { priceChanged } from '@haat/schema/events/pricing';
import type { PricingTx } from '../context.js';
import { offerPriceColumns, offerPriceOf, type OfferPriceRead } from './offer-price.row.js';
import { priceChangedOf } from './price-changed-of.js';

/** Rows that are read at once. */
const pageSize = 500;

/** Says what everybody pays for each offer again, for read models to be rebuilt. */
export async function republishPrices(tx: PricingTx): Promise<void> {
  for (let after = '', isMore = true; isMore;) {
    const rows: OfferPriceRead[] = await tx.db.query(`select ${offerPriceColumns} from offer_price o where o.id > $1 and o.version > 0 order by o.id limit $2`, [after, pageSize]);
    for (const row of rows.map(offerPriceOf)) await tx.emit(priceChanged, { aggregate: { id: row.offerId, version: row.version }, payload: priceChangedOf(row), republished: true });
    after = rows.at(-1)?.id ?? after;
    isMore = rows.length === pageSize;
  }
}
