import type { OrderList } from './shown-orders.js';

/** Under which keys answers about orders are kept. */
export const orderKeys = {
  lists: (vendorId: string) => ['orders', vendorId] as const,
  list: (vendorId: string, list: OrderList) => ['orders', vendorId, list] as const,
  order: (id: string) => ['order', id] as const,
  label: (shipmentId: string) => ['label', shipmentId] as const,
};
