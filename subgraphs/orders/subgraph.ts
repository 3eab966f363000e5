import { cartFreeze, cartThaw } from '@haat/schema/asks/carts';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { inventoryExtend, inventoryRelease, inventoryReserve } from '@haat/schema/asks/inventory';
import { paymentOpen } from '@haat/schema/asks/payments';
import { pricingQuote, pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { shippingQuote } from '@haat/schema/asks/shipping';
import { commissionQuote, vendorDescribe } from '@haat/schema/asks/vendors';
import { orderPlaced, vendorOrderChanged } from '@haat/schema/events/orders';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { CheckoutRow } from './checkout/checkout.row.js';
import { endLeftCheckouts } from './checkout/end-left-checkouts.js';
import { ordersConfig } from './config.js';
import { ordersLoaders } from './loaders.js';
import { ordersTables } from './migrations/0001-orders.js';
import { findLines, findOrders, findParts } from './order/find-orders.js';
import { OrderResolver, VendorOrderResolver } from './order/order.resolver.js';
import { OrderEventRow, OrderLineRow, OrderRow, VendorOrderRow } from './order/order.row.js';

/** What people placed, and the parts that vendors send. */
export const orders = defineSubgraph({
  name: 'orders',
  config: ordersConfig,
  store: postgres({ rows: [CheckoutRow, OrderRow, VendorOrderRow, OrderLineRow, OrderEventRow], migrations: [ordersTables] }),
  resolvers: [OrderResolver, VendorOrderResolver],
  references: { Order: findOrders, VendorOrder: findParts, OrderLine: findLines },
  loaders: ordersLoaders,
  says: [orderPlaced, vendorOrderChanged],
  asks: [cartFreeze, cartThaw, catalogDescribe, vendorDescribe, pricingQuote, pricingRedeem, pricingUnredeem, shippingQuote, commissionQuote, inventoryReserve, inventoryExtend, inventoryRelease, paymentOpen],
  jobs: [endLeftCheckouts],
});
