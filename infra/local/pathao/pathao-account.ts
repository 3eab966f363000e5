/** An account that the simulator knows. */
export interface PathaoAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  /** The one store parcels are fetched from. */
  readonly storeId: number;
  /** Shown with each callback, word for word. */
  readonly callbackSecret: string;
  /** Wanted back in the answer to each callback. */
  readonly integrationSecret: string;
  /** Where callbacks go; nowhere until it is known. */
  callbackUrl?: string;
}

/** A parcel as the simulator took it. */
export interface SimulatedConsignment {
  readonly id: string;
  readonly clientId: string;
  readonly merchantOrderId: string | null;
  readonly amountToCollect: number;
  readonly deliveryFee: number;
  /** Of the last event. */
  status: string;
  /** Milliseconds since the epoch, of the last event: each is later than the one before. */
  changedAtMs: number;
}

/** What the simulator says of a consignment after each event. */
export const statusOf: Readonly<Record<string, string>> = {
  'order.created': 'Pending', 'order.updated': 'Pending', 'order.pickup-requested': 'Pickup_Requested', 'order.assigned-for-pickup': 'Assigned_for_Pickup', 'order.picked': 'Picked', 'order.pickup-failed': 'Pickup_Failed',
  'order.pickup-cancelled': 'Pickup_Cancelled', 'order.at-the-sorting-hub': 'At_the_Sorting_HUB', 'order.in-transit': 'In_Transit', 'order.received-at-last-mile-hub': 'Received_at_Last_Mile_HUB', 'order.assigned-for-delivery': 'Assigned_for_Delivery',
  'order.delivered': 'Delivered', 'order.partial-delivery': 'Partial_Delivery', 'order.returned': 'Return', 'order.delivery-failed': 'Delivery_Failed', 'order.on-hold': 'On_Hold', 'order.paid': 'Payment_Invoice', 'order.paid-return': 'Paid_Return',
  'order.exchanged': 'Exchange',
};

/** The events on the way to an end, as they usually come. */
export const walks: Readonly<Record<string, readonly string[]>> = {
  delivered: ['pickup-requested', 'assigned-for-pickup', 'picked', 'at-the-sorting-hub', 'in-transit', 'received-at-last-mile-hub', 'assigned-for-delivery', 'delivered'],
  returned: ['pickup-requested', 'assigned-for-pickup', 'picked', 'at-the-sorting-hub', 'in-transit', 'received-at-last-mile-hub', 'assigned-for-delivery', 'delivery-failed', 'returned'],
  picked: ['pickup-requested', 'assigned-for-pickup', 'picked'],
  cancelled: ['pickup-requested', 'pickup-cancelled'],
};
