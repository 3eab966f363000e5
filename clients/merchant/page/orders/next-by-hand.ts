/** What a vendor says next of a shipment it carries itself; undefined where it has nothing more to say. */
export function nextByHand(status: string): 'PICKED_UP' | 'DELIVERED' | undefined {
  if (['BOOKED', 'LABELLED', 'PICKUP_REQUESTED'].includes(status)) return 'PICKED_UP';
  return ['PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED'].includes(status) ? 'DELIVERED' : undefined;
}
