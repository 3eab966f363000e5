import type { PricingReads } from '../context.js';
import type { FlashSale } from '../engine/flash-sale.js';
import { countedUnder } from '../redemption/subjects.js';

interface SaleRow {
  flash_sale_id: string;
  name: string;
  offer_id: string;
  currency: string;
  price_minor: string;
  starts_at: Date;
  ends_at: Date;
  quota: number | null;
  taken: number;
  per_buyer_max: number | null;
  taken_by_buyer: number;
  platform_ppm: number;
  combines_with: FlashSale['combinesWith'];
}

/**
 * The flash sales of offers that run now or will, with what this buyer has of them under any of the names it counts under: one
 * statement.
 */
export async function flashSales(ctx: PricingReads, offerIds: readonly string[], subjects: readonly string[] = []): Promise<FlashSale[]> {
  const rows: SaleRow[] = await ctx.db.query(
    `select s.name, s.starts_at, s.ends_at, s.platform_ppm, s.combines_with, o.flash_sale_id, o.offer_id, o.currency, o.price_minor, o.quota, o.taken, o.per_buyer_max,
       coalesce((select max(c.used) from use_counter c where c.tenant_id = o.tenant_id and c.id = any(array(select ${countedUnder('o.id', 's2')} from unnest($3::text[]) as s2))), 0) as taken_by_buyer
     from flash_sale_offer o join flash_sale s on s.tenant_id = o.tenant_id and s.id = o.flash_sale_id
     where o.offer_id = any($1) and s.ends_at > $2 and s.state <> 'ENDED' order by o.id`,
    [offerIds, ctx.clock.now(), subjects]);
  return rows.map(saleOf);
}

function saleOf(row: SaleRow): FlashSale {
  return {
    flashSaleId: row.flash_sale_id, name: row.name, offerId: row.offer_id, currency: row.currency, priceMinor: Number(row.price_minor), from: row.starts_at, until: row.ends_at,
    piecesLeft: row.quota === null ? null : row.quota - row.taken, piecesPerBuyerMax: row.per_buyer_max, piecesTakenByBuyer: row.taken_by_buyer,
    platformPpm: row.platform_ppm, combinesWith: row.combines_with,
  };
}
