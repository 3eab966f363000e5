import { cartFreeze, cartRead, cartThaw } from '@haat/schema/asks/carts';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { inventoryCount, inventoryExtend, inventoryRelease, inventoryReserve } from '@haat/schema/asks/inventory';
import { paymentCheck, paymentOpen } from '@haat/schema/asks/payments';
import { pricingQuote, pricingRedeem, pricingUnredeem } from '@haat/schema/asks/pricing';
import { shippingQuote } from '@haat/schema/asks/shipping';
import { commissionQuote, vendorDescribe } from '@haat/schema/asks/vendors';
import { orderCancelled, orderChanged, orderCompleted, orderConfirmed, orderExpired, orderPlaced, orderRefundDue, vendorOrderAccepted, vendorOrderCancelled, vendorOrderChanged } from '@haat/schema/events/orders';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { Cart, CartProblemsResolver, findCarts } from './cart/cart.resolver.js';
import { CheckoutRow } from './checkout/checkout.row.js';
import { endLeftCheckouts } from './checkout/end-left-checkouts.js';
import { ordersConfig } from './config.js';
import { documentRoute } from './document/document-route.js';
import { DocumentRow } from './document/document.row.js';
import { InvoicesResolver, PackingSlipResolver } from './document/documents-of.resolver.js';
import { makeDocuments } from './document/make-documents.js';
import { exportRoute } from './export/export-route.js';
import { ExportResolver } from './export/export.resolver.js';
import { ExportPieceRow, ExportRow } from './export/export.row.js';
import { forgetExports, writeExports } from './export/write-exports.js';
import { ordersLoaders } from './loaders.js';
import { ordersTables } from './migrations/0001-orders.js';
import { documentsTable } from './migrations/0002-documents.js';
import { exportsTables } from './migrations/0003-exports.js';
import { departuresTable } from './migrations/0004-departures.js';
import { accepting } from './migrations/0005-accepting.js';
import { timeZone } from './migrations/0006-time-zone.js';
import { metadata } from './migrations/0007-metadata.js';
import { unpaid } from './migrations/0008-unpaid.js';
import { doneBy } from './migrations/0009-done-by.js';
import { eventOrder } from './migrations/0010-event-order.js';
import { answerDepart } from './order/answer-depart.js';
import { answerRead } from './order/answer-read.js';
import { OrderLiveResolver } from './order/order-live.resolver.js';
import { ChangeOrderResolver } from './order/change-order.resolver.js';
import { DepartureRow } from './order/departure.row.js';
import { findLines, findOrders, findParts } from './order/find-orders.js';
import { OrderResolver, VendorOrderResolver } from './order/order.resolver.js';
import { acceptDueParts, completeDueParts } from './order/move-due-parts.js';
import { onParcelDelivered, onParcelFailed, onParcelLabelled, onParcelReturned, onParcelShipped } from './order/on-parcels.js';
import { onPaymentActionRequired, onPaymentAuthorized, onPaymentCaptured, onPaymentExpired, onPaymentFailed, onPaymentOpened, onRefundSucceeded, onReservationExpired } from './order/on-payments.js';
import { onEmailVerified, onUserErased } from './order/on-people.js';
import { republishOrders } from './order/republish-orders.js';
import { reviveOrders } from './order/revive-orders.js';
import { findUsers, findVendors } from './order/orders-of.js';
import { UserOrdersResolver, VendorOrdersResolver } from './order/orders-of.resolver.js';
import { OrderEventRow, OrderLineRow, OrderRow, VendorOrderRow } from './order/order.row.js';

/** What people placed, and the parts that vendors send. */
export const orders = defineSubgraph({
  name: 'orders',
  config: ordersConfig,
  store: postgres({ rows: [CheckoutRow, OrderRow, VendorOrderRow, OrderLineRow, OrderEventRow, DepartureRow, DocumentRow, ExportRow, ExportPieceRow], migrations: [ordersTables, documentsTable, exportsTables, departuresTable, accepting, timeZone, metadata, unpaid, doneBy, eventOrder] }),
  resolvers: [OrderResolver, VendorOrderResolver, ChangeOrderResolver, CartProblemsResolver, UserOrdersResolver, VendorOrdersResolver, InvoicesResolver, PackingSlipResolver, ExportResolver, OrderLiveResolver],
  types: [Cart],
  references: { Order: findOrders, VendorOrder: findParts, OrderLine: findLines, Cart: findCarts, User: findUsers, Vendor: findVendors },
  loaders: ordersLoaders,
  says: [orderPlaced, orderConfirmed, orderChanged, orderCancelled, orderExpired, orderCompleted, vendorOrderChanged, vendorOrderAccepted, vendorOrderCancelled, orderRefundDue],
  asks: [cartFreeze, cartThaw, cartRead, catalogDescribe, vendorDescribe, pricingQuote, pricingRedeem, pricingUnredeem, shippingQuote, commissionQuote, inventoryReserve, inventoryExtend, inventoryRelease, inventoryCount, paymentCheck, paymentOpen],
  answers: [answerDepart, answerRead],
  consumers: [
    onPaymentOpened, onPaymentActionRequired, onPaymentAuthorized, onPaymentCaptured, onPaymentFailed, onPaymentExpired, onRefundSucceeded, onReservationExpired,
    onParcelLabelled, onParcelShipped, onParcelDelivered, onParcelFailed, onParcelReturned, onEmailVerified, onUserErased,
  ],
  jobs: [endLeftCheckouts, reviveOrders, acceptDueParts, completeDueParts, makeDocuments, writeExports, forgetExports],
  routes: [documentRoute, exportRoute],
  republish: republishOrders,
});
