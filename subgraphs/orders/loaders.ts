import type { OrdersContext } from './context.js';
import { documentsByOrder, eventsByOrder, linesByOrder, orderById, partsByOrder } from './order/order.loaders.js';
import { ordersOfUser, ordersOfVendor } from './order/orders-of.loaders.js';

/** The loaders of one request. */
export interface OrdersLoaders {
  readonly orderById: ReturnType<typeof orderById>;
  readonly partsByOrder: ReturnType<typeof partsByOrder>;
  readonly linesByOrder: ReturnType<typeof linesByOrder>;
  readonly documentsByOrder: ReturnType<typeof documentsByOrder>;
  readonly eventsByOrder: ReturnType<typeof eventsByOrder>;
  readonly ordersOfUser: ReturnType<typeof ordersOfUser>;
  readonly ordersOfVendor: ReturnType<typeof ordersOfVendor>;
}

/** Makes them. */
export function ordersLoaders(ctx: OrdersContext): OrdersLoaders {
  return {
    orderById: orderById(ctx), partsByOrder: partsByOrder(ctx), linesByOrder: linesByOrder(ctx), eventsByOrder: eventsByOrder(ctx), documentsByOrder: documentsByOrder(ctx),
    ordersOfUser: ordersOfUser(ctx), ordersOfVendor: ordersOfVendor(ctx),
  };
}
