import { couponRedeemed, priceChanged, promotionEnded, promotionStarted } from '@haat/schema/events/pricing';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { CartGroupResolver, CartResolver } from './cart/cart.resolver.js';
import { findCartGroups, findCarts } from './cart/find-carts.js';
import { Cart, CartGroup } from './cart/cart.type.js';
import { pricingConfig } from './config.js';
import { CouponResolver } from './coupon/coupon.resolver.js';
import { Coupon } from './coupon/coupon.js';
import { forgetTries } from './coupon/forget-tries.js';
import { onCategoryChanged } from './facts/on-category-changed.js';
import { onOfferChanged } from './facts/on-offer-changed.js';
import { onProductArchived, onProductChanged, onProductPublished } from './facts/on-product-changed.js';
import { FlashSaleResolver } from './flash-sale/flash-sale.resolver.js';
import { FlashSale, FlashSaleOffer } from './flash-sale/flash-sale.js';
import { moveDueFlashSales } from './flash-sale/move-due-flash-sales.js';
import { pricingLoaders } from './loaders.js';
import { factsAndPrices } from './migrations/0001-facts-and-prices.js';
import { taxes } from './migrations/0002-taxes.js';
import { promotions } from './migrations/0003-promotions.js';
import { pricesByAmount } from './migrations/0004-prices-by-amount.js';
import { vendorsFlashSales } from './migrations/0005-vendors-flash-sales.js';
import { erasedBuyers } from './migrations/0006-erased-buyers.js';
import { namesOfRegions } from './migrations/0007-names-of-regions.js';
import { findOffers, findVariants } from './offer-price/find-offers.js';
import { OfferResolver, VariantResolver } from './offer-price/offer-price.resolver.js';
import { Offer, ProductVariant } from './offer-price/offer-price.type.js';
import { repriceDueOffers } from './offer-price/reprice-due-offers.js';
import { Price } from './price/price.js';
import { PriceResolver } from './price/price.resolver.js';
import { PriceListResolver } from './price-list/price-list.resolver.js';
import { PriceList } from './price-list/price-list.js';
import { moveDuePromotions } from './promotion/move-due-promotions.js';
import { PromotionResolver } from './promotion/promotion.resolver.js';
import { Promotion } from './promotion/promotion.js';
import { answerQuote } from './quote/answer-quote.js';
import { answerRedeem } from './redemption/answer-redeem.js';
import { answerUnredeem } from './redemption/answer-unredeem.js';
import { onOrderCancelled, onOrderConfirmed, onOrderExpired, onOrderPlaced } from './redemption/on-orders.js';
import { onUserErased } from './redemption/on-user-erased.js';
import { republishPricing } from './republish.js';
import { seedPricing } from './seed.js';
import { TaxSettings } from './tax/save-tax-settings.js';
import { TaxClass, TaxRate } from './tax/tax-class.js';
import { TaxResolver } from './tax/tax.resolver.js';

/** What goods cost, who gets them cheaper, and how they are taxed. */
export const pricing = defineSubgraph({
  name: 'pricing',
  config: pricingConfig,
  store: postgres({ rows: [Price, PriceList, Promotion, Coupon, FlashSale, FlashSaleOffer, TaxClass, TaxRate, TaxSettings], migrations: [factsAndPrices, taxes, promotions, pricesByAmount, vendorsFlashSales, erasedBuyers, namesOfRegions] }),
  resolvers: [OfferResolver, VariantResolver, PriceResolver, PriceListResolver, PromotionResolver, CouponResolver, FlashSaleResolver, TaxResolver, CartResolver, CartGroupResolver],
  types: [Offer, ProductVariant, Cart, CartGroup],
  references: { Offer: findOffers, ProductVariant: findVariants, Cart: findCarts, CartGroup: findCartGroups },
  loaders: pricingLoaders,
  says: [priceChanged, promotionStarted, promotionEnded, couponRedeemed],
  asks: [catalogDescribe],
  answers: [answerQuote, answerRedeem, answerUnredeem],
  consumers: [onOfferChanged, onProductChanged, onProductPublished, onProductArchived, onCategoryChanged, onOrderPlaced, onOrderConfirmed, onOrderCancelled, onOrderExpired, onUserErased],
  jobs: [repriceDueOffers, moveDuePromotions, moveDueFlashSales, forgetTries],
  republish: republishPricing,
  seed: seedPricing,
});
