import { catalogDescribe } from '@haat/schema/asks/catalog';
import { addressRead } from '@haat/schema/asks/identity';
import { orderRead } from '@haat/schema/asks/orders';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { cartAbandoned, cartChanged } from '@haat/schema/events/carts';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { CartGroupResolver, CartResolver } from './cart/cart.resolver.js';
import { CartRow } from './cart/cart.row.js';
import { findCarts, findGroups } from './cart/find-carts.js';
import { abandonCarts, expireCarts } from './cart/leave-carts.js';
import { onUserErased } from './cart/on-user-erased.js';
import { republishCarts } from './cart/republish-carts.js';
import { answerFreeze, answerRead, answerThaw } from './checkout/answer-cart.js';
import { onOrderCancelled, onOrderConfirmed, onOrderExpired, onOrderPlaced } from './checkout/on-orders.js';
import { cartsConfig } from './config.js';
import { cartsLoaders } from './loaders.js';
import { cartsTables } from './migrations/0001-carts.js';
import { onOfferChanged, onProductArchived, onProductChanged, onProductPublished, onVendorApproved, onVendorChanged, onVendorRestored, onVendorSuspended } from './offer/on-offers.js';

/** What people are about to buy. Lines, groups and codes; nothing in it is computed. */
export const carts = defineSubgraph({
  name: 'carts',
  config: cartsConfig,
  store: postgres({ rows: [CartRow], migrations: [cartsTables] }),
  resolvers: [CartResolver, CartGroupResolver],
  references: { Cart: findCarts, CartGroup: findGroups },
  loaders: cartsLoaders,
  says: [cartChanged, cartAbandoned],
  asks: [catalogDescribe, addressRead, orderRead, pricingQuote],
  answers: [answerFreeze, answerThaw, answerRead],
  consumers: [
    onOfferChanged, onProductChanged, onProductPublished, onProductArchived, onVendorChanged, onVendorApproved, onVendorSuspended, onVendorRestored,
    onOrderPlaced, onOrderConfirmed, onOrderCancelled, onOrderExpired, onUserErased,
  ],
  jobs: [abandonCarts, expireCarts],
  republish: republishCarts,
});
