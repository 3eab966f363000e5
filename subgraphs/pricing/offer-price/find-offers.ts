import type { Representation } from '@haat/kit/define';
import type { PricingContext } from '../context.js';
import { Offer, ProductVariant } from './offer-price.type.js';

/** Others' offers by id, null where nobody ever set a price: one statement, which their price is read by as well. */
export async function findOffers(ctx: PricingContext, keys: readonly Representation[]): Promise<(Offer | null)[]> {
  const rows = await Promise.all(keys.map(({ id }) => ctx.loaders.pricesByOffer.load(id)));
  return rows.map((row) => row && Object.assign(new Offer(), { id: row.offerId }));
}

/** Others' variants by id, null where no offer of them that is for sale was ever priced: one statement, which the range is read by as well. */
export async function findVariants(ctx: PricingContext, keys: readonly Representation[]): Promise<(ProductVariant | null)[]> {
  const lists = await Promise.all(keys.map(({ id }) => ctx.loaders.pricesByVariant.load(id)));
  return lists.map((rows, at) => (rows.length === 0 ? null : Object.assign(new ProductVariant(), { id: keys[at]?.id })));
}
