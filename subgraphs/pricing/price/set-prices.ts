import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { undoneUnless } from '@haat/kit-postgres/undone-unless';
import { z } from 'zod';
import type { PricingTx } from '../context.js';
import { rememberedGoods } from '../facts/described-goods.js';
import { pricesPerOfferMax, priceRowsMax } from '../limits.js';
import { Offer } from '../offer-price/offer-price.type.js';
import { beginPricing, repriceOffers } from '../offer-price/reprice-offers.js';
import { priceKey, priceProblems, type PriceRow } from './price-problems.js';
import { PriceRowProblem, PriceRowProblemCode, PricesRefused, SetPricesSucceeded, type SetPricesInput } from './set-prices.input.js';

const rules = z.object({
  rows: z.array(z.object({
    offerId: idText, currency: z.string(), minor: z.int().nullish().transform((minor) => minor ?? null), compareAtMinor: z.int().nullish().transform((minor) => minor ?? null),
    minQuantity: z.int(), priceListId: idText.nullish().transform((id) => id ?? null), from: z.date().nullish().transform((at) => at ?? null), until: z.date().nullish().transform((at) => at ?? null),
  })).min(1, 'expected at least one price').max(priceRowsMax, `expected at most ${priceRowsMax} prices`),
});

/** Sets prices, all or none. What everybody pays is computed and said in the same commit. */
export async function setPrices(tx: PricingTx, input: SetPricesInput): Promise<SetPricesSucceeded | PricesRefused> {
  const { rows } = parsed(rules, { rows: input.rows });
  const offerIds = [...new Set(rows.map(({ offerId }) => offerId))];
  const goods = await rememberedGoods(tx, offerIds);
  const lists = await listsById(tx, rows);
  const problems = priceProblems({ rows, goods, lists, viewer: tx.viewer, currency: tx.tenant.currency });
  if (problems.length > 0) return PricesRefused.of(problems);
  const crowded = await undoneUnless(tx, (offers) => offers.length === 0, () => write(tx, rows));
  if (crowded.length > 0) return PricesRefused.of(rowsOf(rows, crowded));
  await beginPricing(tx, [...goods.values()]);
  await repriceOffers(tx, offerIds);
  return Object.assign(new SetPricesSucceeded(), { offers: offerIds.map((id) => Object.assign(new Offer(), { id })), count: rows.length });
}

async function listsById(tx: PricingTx, rows: readonly PriceRow[]): Promise<Map<string, readonly string[]>> {
  const ids = [...new Set(rows.flatMap(({ priceListId }) => priceListId ?? []))];
  if (ids.length === 0) return new Map();
  const lists: { id: string; vendor_ids: string[] }[] = await tx.db.query('select id, vendor_ids from price_list where id = any($1) and not is_ended', [ids]);
  return new Map(lists.map(({ id, vendor_ids }) => [id, vendor_ids]));
}

/** Writes the rows in the order of their keys, so that two who set the same prices wait for each other and never both. Answers offers that have too many now. */
async function write(tx: PricingTx, rows: readonly PriceRow[]): Promise<string[]> {
  const sorted = rows.map((row) => ({ ...row, id: newId('prc', tx.clock.now()) })).sort((a, b) => (priceKey(a) < priceKey(b) ? -1 : 1));
  await tx.db.query(
    `delete from price p using ${recordset} where p.offer_id = r."offerId" and p.price_list_id is not distinct from r."priceListId" and p.currency = r.currency
       and p.min_quantity = r."minQuantity" and p.starts_at is not distinct from r."from" and p.ends_at is not distinct from r."until"`,
    [JSON.stringify(sorted.filter(({ minor }) => minor === null))]);
  await tx.db.query(
    `insert into price (id, offer_id, price_list_id, currency, amount_minor, compare_at_minor, min_quantity, starts_at, ends_at)
     select r.id, r."offerId", r."priceListId", r.currency, r.minor, r."compareAtMinor", r."minQuantity", r."from", r."until" from ${recordset}
     on conflict (tenant_id, offer_id, price_list_id, currency, min_quantity, starts_at, ends_at) do update
       set amount_minor = excluded.amount_minor, compare_at_minor = excluded.compare_at_minor, version = price.version + 1, updated_at = now()`,
    [JSON.stringify(sorted.filter(({ minor }) => minor !== null))]);
  const crowded: { offer_id: string }[] = await tx.db.query('select offer_id from price where offer_id = any($1) and (ends_at is null or ends_at > $2) group by offer_id having count(*) > $3',
    [[...new Set(rows.map(({ offerId }) => offerId))], tx.clock.now(), pricesPerOfferMax]);
  return crowded.map(({ offer_id }) => offer_id);
}

const recordset = `jsonb_to_recordset($1::jsonb) as r(id text, "offerId" text, "priceListId" text, currency text, minor bigint, "compareAtMinor" bigint, "minQuantity" int, "from" timestamptz, "until" timestamptz)`;

function rowsOf(rows: readonly PriceRow[], offerIds: readonly string[]): PriceRowProblem[] {
  return rows.flatMap(({ offerId }, row) => (offerIds.includes(offerId) ? [PriceRowProblem.of(row, PriceRowProblemCode.TOO_MANY_PRICES, `The offer would have more than ${pricesPerOfferMax} prices.`)] : []));
}
