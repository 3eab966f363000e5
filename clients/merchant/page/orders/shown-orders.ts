import type { VendorOrderStatus } from '../../generated/operations.js';

/** Which orders are listed. */
export const orderLists = ['open', 'sent', 'all'] as const;
/** One of the lists. */
export type OrderList = (typeof orderLists)[number];

/** The states of each list; `undefined` are all. */
export const statesOf: Readonly<Record<OrderList, readonly VendorOrderStatus[] | undefined>> = {
  open: ['CONFIRMED', 'ON_HOLD', 'PROCESSING', 'PARTIALLY_SHIPPED'],
  sent: ['SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'COMPLETED'],
  all: undefined,
};

/** Whether an order in this state is in the list. */
export function isListed(list: OrderList, status: VendorOrderStatus): boolean {
  return statesOf[list]?.includes(status) ?? true;
}

/** What may be done with an order in a state. */
export function mayBe(done: 'accepted' | 'rejected' | 'shipped', status: VendorOrderStatus): boolean {
  const allowed = { accepted: ['CONFIRMED'], rejected: ['CONFIRMED', 'PROCESSING', 'ON_HOLD'], shipped: ['PROCESSING', 'PARTIALLY_SHIPPED'] };
  return allowed[done].includes(status);
}
