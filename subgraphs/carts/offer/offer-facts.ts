import { catalogDescribe } from '@haat/schema/asks/catalog';
import { loader } from '@haat/kit/loader';
import type { CartsContext, CartsTx } from '../context.js';

/** Why an offer cannot be put into a cart. */
export type WhyUnavailable = 'UNKNOWN' | 'NOT_FOR_SALE' | 'VENDOR_CLOSED';

/** What a cart must know of an offer. */
export interface OfferFact {
  readonly offerId: string;
  readonly vendorId: string;
  readonly maxPerOrder: number | null;
  readonly weightGrams: number | null;
  readonly whyNot: WhyUnavailable | null;
}

interface FactRow { id: string; vendor_id: string; is_active: boolean; max_per_order: number | null; weight_grams: number | null; is_published: boolean | null; is_open: boolean | null }

/**
 * What is known of offers, from what their owners said; those nobody said anything of, or that are not for sale by what was said, are asked of
 * catalog: what was heard may be late, and nobody is refused for that. One statement, at most one ask.
 */
export async function offerFacts(tx: CartsTx, offerIds: readonly string[]): Promise<ReadonlyMap<string, OfferFact>> {
  const rows: FactRow[] = await tx.db.query(
    `select o.id, o.vendor_id, o.is_active, o.max_per_order, o.weight_grams, p.is_published, v.is_open from offer_fact o
       left join product_fact p on p.tenant_id = o.tenant_id and p.id = o.product_id left join vendor_fact v on v.tenant_id = o.tenant_id and v.id = o.vendor_id
     where o.id = any($1)`, [offerIds]);
  const heard = new Map(rows.map((row) => [row.id, row]));
  const facts = new Map(rows.map((row) => [row.id, factOf(row)]));
  const doubtful = offerIds.filter((id) => !facts.has(id) || facts.get(id)?.whyNot === 'NOT_FOR_SALE');
  for (const fact of doubtful.length > 0 ? await described(tx, doubtful) : []) facts.set(fact.offerId, { ...fact, whyNot: fact.whyNot ?? whyClosed(heard.get(fact.offerId)) });
  return facts;
}

/** Grams of one piece, by offer; null where nobody said. */
export function weightByOffer(ctx: CartsContext) {
  return loader<string, number>(async (ids) => {
    const rows: { id: string; weight_grams: number | null }[] = await ctx.db.query('select id, weight_grams from offer_fact where id = any($1)', [ids]);
    return new Map(rows.flatMap(({ id, weight_grams }) => (weight_grams === null ? [] : [[id, weight_grams] as const])));
  });
}

/** A vendor or product of which nothing was said yet is taken for open: checkout asks the owners themselves. */
function factOf({ id, vendor_id, is_active, max_per_order, weight_grams, is_published, is_open }: FactRow): OfferFact {
  const isForSale = is_active && is_published !== false;
  return { offerId: id, vendorId: vendor_id, maxPerOrder: max_per_order, weightGrams: weight_grams, whyNot: isForSale ? whyClosed({ is_open }) : 'NOT_FOR_SALE' };
}

function whyClosed(heard: Pick<FactRow, 'is_open'> | undefined): 'VENDOR_CLOSED' | null {
  return heard?.is_open === false ? 'VENDOR_CLOSED' : null;
}

async function described(tx: CartsTx, offerIds: readonly string[]): Promise<OfferFact[]> {
  const { offers } = await tx.ask(catalogDescribe, { offerIds: [...offerIds] });
  return offers.map(({ offerId, vendorId, maxPerOrder, weightGrams, whyNot }) => ({ offerId, vendorId, maxPerOrder, weightGrams, whyNot: whyNot ? 'NOT_FOR_SALE' : null }));
}
