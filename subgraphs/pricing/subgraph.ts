import { priceChanged } from '@haat/schema/events/pricing';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { pricingConfig } from './config.js';
import { onCategoryChanged } from './facts/on-category-changed.js';
import { onOfferChanged } from './facts/on-offer-changed.js';
import { onProductArchived, onProductChanged, onProductPublished } from './facts/on-product-changed.js';
import { pricingLoaders } from './loaders.js';
import { factsAndPrices } from './migrations/0001-facts-and-prices.js';
import { taxes } from './migrations/0002-taxes.js';
import { promotions } from './migrations/0003-promotions.js';
import { findOffers, findVariants } from './offer-price/find-offers.js';
import { OfferResolver, VariantResolver } from './offer-price/offer-price.resolver.js';
import { Offer, ProductVariant } from './offer-price/offer-price.type.js';
import { repriceDueOffers } from './offer-price/reprice-due-offers.js';
import { republishPrices } from './offer-price/republish-prices.js';
import { PriceResolver } from './price/price.resolver.js';
import { answerQuote } from './quote/answer-quote.js';

/** What goods cost, who gets them cheaper, and how they are taxed. */
export const pricing = defineSubgraph({
  name: 'pricing',
  config: pricingConfig,
  store: postgres({ rows: [], migrations: [factsAndPrices, taxes, promotions] }),
  resolvers: [OfferResolver, VariantResolver, PriceResolver],
  types: [Offer, ProductVariant],
  references: { Offer: findOffers, ProductVariant: findVariants },
  loaders: pricingLoaders,
  says: [priceChanged],
  asks: [catalogDescribe],
  answers: [answerQuote],
  consumers: [onOfferChanged, onProductChanged, onProductPublished, onProductArchived, onCategoryChanged],
  jobs: [repriceDueOffers],
  republish: republishPrices,
});
