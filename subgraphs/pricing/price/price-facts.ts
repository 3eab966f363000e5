import type { PricingReads } from '../context.js';
import type { PriceFact, PriceListFact } from '../engine/price-fact.js';
import { minorOf } from '../minor-of.js';

interface PriceRow {
  id: string;
  offer_id: string;
  currency: string;
  amount_minor: string;
  compare_at_minor: string | null;
  min_quantity: number;
  starts_at: Date | null;
  ends_at: Date | null;
  price_list_id: string | null;
  priority: number;
  channels: string[];
  groups: string[];
  company_ids: string[];
  buyer_kinds: PriceListFact['conditions']['buyerKinds'];
  countries: string[];
  list_starts_at: Date | null;
  list_ends_at: Date | null;
}

/** The prices of offers in a currency that hold now or will, with their lists: one statement. */
export async function priceFacts(ctx: PricingReads, offerIds: readonly string[], currency: string): Promise<PriceFact[]> {
  const rows: PriceRow[] = await ctx.db.query(
    `select p.*, l.priority, l.channels, l.groups, l.company_ids, l.buyer_kinds, l.countries, l.starts_at as list_starts_at, l.ends_at as list_ends_at
     from price p left join price_list l on l.tenant_id = p.tenant_id and l.id = p.price_list_id
     where p.offer_id = any($1) and p.currency = $2 and (p.ends_at is null or p.ends_at > $3) and (l.id is null or (not l.is_ended and (l.ends_at is null or l.ends_at > $3)))
     order by p.id`,
    [offerIds, currency, ctx.clock.now()]);
  return rows.map(factOf);
}

function factOf(row: PriceRow): PriceFact {
  return {
    priceId: row.id, offerId: row.offer_id, currency: row.currency, amountMinor: Number(row.amount_minor), compareAtMinor: minorOf(row.compare_at_minor),
    minQuantity: row.min_quantity, from: row.starts_at, until: row.ends_at, list: listOf(row),
  };
}

function listOf(row: PriceRow): PriceListFact | null {
  if (row.price_list_id === null) return null;
  const conditions = { channels: row.channels, groups: row.groups, companyIds: row.company_ids, buyerKinds: row.buyer_kinds, countries: row.countries };
  return { listId: row.price_list_id, priority: row.priority, conditions, from: row.list_starts_at, until: row.list_ends_at };
}
