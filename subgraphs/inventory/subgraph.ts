import { reservationExpired, stockBack, stockChanged, stockLow, stockRanOut, warehouseUsageCounted } from '@haat/schema/events/inventory';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { inventoryConfig } from './config.js';
import { inventoryLoaders } from './loaders.js';
import { inventoryTables } from './migrations/0001-inventory.js';
import { returnedPieces } from './migrations/0002-returned-pieces.js';
import { askedAgain } from './migrations/0003-asked-again.js';
import { onTheRoad } from './migrations/0004-on-the-road.js';
import { warehouseUsage } from './migrations/0005-warehouse-usage.js';
import { StockMovement } from './movement/stock-movement.js';
import { onOfferChanged } from './offer/on-offer-changed.js';
import { answerCount, answerExtend, answerRelease, answerReserve } from './reservation/answer-reservation.js';
import { expireReservations } from './reservation/expire-reservations.js';
import { onOrderConfirmed, onOrderExpired, onParcelDelivered, onParcelReturned, onParcelShipped, onRefundSucceeded, onVendorOrderCancelled } from './reservation/on-orders.js';
import { seedInventory } from './seed.js';
import { findOffers, findWarehouses } from './stock/find-stock.js';
import { republishStock } from './stock/republish-stock.js';
import { StockLevelRow } from './stock/stock-level.row.js';
import { OfferStockResolver, StockResolver, WarehouseResolver } from './stock/stock.resolver.js';
import { Warehouse } from './warehouse/warehouse.js';

/** What lies where, and for whom it is held. */
export const inventory = defineSubgraph({
  name: 'inventory',
  config: inventoryConfig,
  store: postgres({ rows: [StockLevelRow, Warehouse, StockMovement], migrations: [inventoryTables, returnedPieces, askedAgain, onTheRoad, warehouseUsage] }),
  resolvers: [OfferStockResolver, StockResolver, WarehouseResolver],
  references: { Offer: findOffers, Warehouse: findWarehouses },
  loaders: inventoryLoaders,
  says: [stockChanged, stockLow, stockRanOut, stockBack, reservationExpired, warehouseUsageCounted],
  answers: [answerReserve, answerExtend, answerRelease, answerCount],
  consumers: [onOfferChanged, onOrderConfirmed, onOrderExpired, onVendorOrderCancelled, onParcelShipped, onParcelDelivered, onParcelReturned, onRefundSucceeded],
  jobs: [expireReservations],
  republish: republishStock,
  seed: seedInventory,
});
