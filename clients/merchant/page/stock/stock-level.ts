import type { DataOf } from '@haat/schema/clients/typed-operation';
import type { StockLevels } from '../../generated/operations.js';

/** A page of a shop's shelves. */
export type StockPageData = DataOf<typeof StockLevels>;

/** A shelf: one offer in one warehouse. */
export type Shelf = NonNullable<NonNullable<NonNullable<StockPageData['stockLevels']>['nodes']>[number]>;

/** Names a shelf; undefined where a part of the marketplace did not say whose it is. */
export function shelfKey({ offer, warehouse }: { readonly offer?: { readonly id: string } | null; readonly warehouse?: { readonly id: string } | null }): string | undefined {
  return offer && warehouse ? `${offer.id} ${warehouse.id}` : undefined;
}

/** What lies on a shelf, in words; the vendor's own number where the catalogue does not answer. */
export function shelfTitle({ offer }: Pick<Shelf, 'offer'>): string {
  const variant = offer?.variant;
  const words = [variant?.product?.title, variant?.title].filter((word, at, all) => Boolean(word) && all.indexOf(word) === at);
  return words.length > 0 ? words.join(', ') : (offer?.vendorSku ?? offer?.id ?? '?');
}
