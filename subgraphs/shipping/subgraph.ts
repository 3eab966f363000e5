import { parcelDepart } from '@haat/schema/asks/orders';
import { codCollected, parcelDelivered, parcelFailed, parcelLabelled, parcelReturned, parcelShipped } from '@haat/schema/events/shipping';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { answerQuote } from './quote/answer-quote.js';
import { askCarriers } from './carrier/ask-carriers.js';
import { CarrierAccountRow } from './carrier/carrier-account.row.js';
import { CarrierCallbackRow } from './carrier/callback.row.js';
import { CarrierResolver } from './carrier/carrier.resolver.js';
import { takeCallbacks } from './carrier/take-callbacks.js';
import { CartGroup } from './cart/cart-group.type.js';
import { CartGroupResolver, findCartGroups } from './cart/cart-group.resolver.js';
import { shippingConfig } from './config.js';
import { labelRoute } from './label/label-route.js';
import { LabelRow } from './label/label.row.js';
import { makeLabels } from './label/make-labels.js';
import { shippingLoaders } from './loaders.js';
import { shippingTables } from './migrations/0001-shipping.js';
import { callbackOrder } from './migrations/0002-callback-order.js';
import { damagedParcels } from './migrations/0003-damaged-parcels.js';
import { previousCallback } from './migrations/0004-previous-callback.js';
import { onOfferChanged } from './offer/on-offer-changed.js';
import { findVendorOrders } from './order/find-vendor-orders.js';
import { onOrderChanged, onVendorOrderAccepted, onVendorOrderCancelled, onVendorOrderChanged } from './order/on-orders.js';
import { onUserErased } from './order/on-user-erased.js';
import { VendorOrderFact } from './order/vendor-order-fact.row.js';
import { pathaoRoute } from './pathao/pathao-route.js';
import { seedShipping } from './seed.js';
import { findShipments } from './shipment/find-shipments.js';
import { ShipmentResolver, VendorOrderResolver } from './shipment/shipment.resolver.js';
import { ParcelRow, ShipmentRow, TrackingEventRow } from './shipment/shipment.row.js';
import { ZoneResolver } from './zone/zone.resolver.js';
import { MethodRow, ZoneRow } from './zone/zone.row.js';

/** Where goods go, for how much and by whom, and what became of them on the way. */
export const shipping = defineSubgraph({
  name: 'shipping',
  config: shippingConfig,
  store: postgres({ rows: [ZoneRow, MethodRow, VendorOrderFact, CarrierAccountRow, ShipmentRow, ParcelRow, TrackingEventRow, LabelRow, CarrierCallbackRow], migrations: [shippingTables, callbackOrder, damagedParcels, previousCallback] }),
  types: [CartGroup],
  resolvers: [ZoneResolver, CartGroupResolver, VendorOrderResolver, ShipmentResolver, CarrierResolver],
  references: { CartGroup: findCartGroups, VendorOrder: findVendorOrders, Shipment: findShipments },
  loaders: shippingLoaders,
  says: [parcelLabelled, parcelShipped, parcelDelivered, parcelFailed, parcelReturned, codCollected],
  asks: [parcelDepart],
  answers: [answerQuote],
  consumers: [onOfferChanged, onVendorOrderChanged, onVendorOrderAccepted, onVendorOrderCancelled, onOrderChanged, onUserErased],
  jobs: [askCarriers, makeLabels, takeCallbacks],
  routes: [labelRoute, pathaoRoute],
  seed: seedShipping,
});
