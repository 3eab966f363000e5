import type { CartsContext } from './context.js';
import { weightByOffer } from './offer/offer-facts.js';

/** The loaders of one request. */
export interface CartsLoaders {
  readonly weightByOffer: ReturnType<typeof weightByOffer>;
}

/** Makes them. */
export function cartsLoaders(ctx: CartsContext): CartsLoaders {
  return { weightByOffer: weightByOffer(ctx) };
}
