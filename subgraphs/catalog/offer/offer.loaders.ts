import { listLoader } from '@haat/kit/loader';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import { among } from '@haat/kit-mongo/mongo-where';
import type { CatalogContext } from '../context.js';
import { offers, OfferStatus, type OfferRow } from './offer.row.js';

/**
 * Offers of variants that have not ended, the one made first in front: one statement for up to a thousand offers, and one
 * more for each further thousand. Callers check who may see them.
 */
export function offersByVariant(ctx: CatalogContext) {
  const read = async (variantIds: readonly string[]): Promise<readonly OfferRow[]> => {
    const found: OfferRow[] = [];
    for (let last: OfferRow | undefined; ;) {
      const after = last && { value: last._id, id: last._id };
      const rows = await ctx.db.collection(offers).page({ variantId: among(variantIds) }, { after, limit: readMax });
      found.push(...rows.filter(({ status }) => status !== OfferStatus.ARCHIVED));
      last = rows.at(-1);
      if (rows.length < readMax) return found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a._id.localeCompare(b._id));
    }
  };
  return listLoader(read, (row) => row.variantId, { batchMax: readMax });
}
