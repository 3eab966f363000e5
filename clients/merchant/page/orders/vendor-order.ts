import type { DataOf } from '@haat/schema/clients/typed-operation';
import type { VendorOrderPage, VendorOrders } from '../../generated/operations.js';

/** A page of a shop's orders. */
export type OrdersPageData = DataOf<typeof VendorOrders>;

/** An order in the list. */
export type ListedOrder = NonNullable<NonNullable<NonNullable<OrdersPageData['vendorOrders']>['nodes']>[number]>;

/** An order with everything that is shown of it. */
export type WholeOrder = NonNullable<DataOf<typeof VendorOrderPage>['vendorOrder']>;

/** What was sent of an order at once. */
export type SentShipment = NonNullable<NonNullable<WholeOrder['shipments']>[number]>;
