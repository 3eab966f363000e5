import { among, not } from '@haat/kit-mongo/mongo-where';
import type { CatalogTx } from '../context.js';
import { offers, OfferStatus } from './offer.row.js';

/** The first of some variants that a vendor offers still; undefined where nobody does. */
export async function isOffered(tx: CatalogTx, variantIds: readonly string[]): Promise<string | undefined> {
  if (variantIds.length === 0) return undefined;
  const offer = await tx.db.collection(offers).findOne({ variantId: among(variantIds), status: not(OfferStatus.ARCHIVED) });
  return offer?.variantId;
}
