import { registerEnumType } from 'type-graphql';

/** Where a shipment or a parcel is, for clients. */
export enum ShipmentStatus {
  DRAFT = 'DRAFT', BOOKED = 'BOOKED', LABELLED = 'LABELLED', PICKUP_REQUESTED = 'PICKUP_REQUESTED', PICKED_UP = 'PICKED_UP', IN_TRANSIT = 'IN_TRANSIT', AT_HUB = 'AT_HUB', OUT_FOR_DELIVERY = 'OUT_FOR_DELIVERY', DELIVERED = 'DELIVERED',
  PARTIALLY_DELIVERED = 'PARTIALLY_DELIVERED', DELIVERY_FAILED = 'DELIVERY_FAILED', RETURNING = 'RETURNING', RETURNED = 'RETURNED', ON_HOLD = 'ON_HOLD', CANCELLED = 'CANCELLED', LOST = 'LOST', DAMAGED = 'DAMAGED',
}

registerEnumType(ShipmentStatus, {
  name: 'ShipmentStatus', description: 'Where a shipment or one of its parcels is.',
  valuesConfig: {
    DRAFT: { description: 'Packed; the carrier has not said yes yet.' },
    BOOKED: { description: 'Its carrier will take it; the label is being made.' },
    LABELLED: { description: 'It has its label and waits to be fetched.' },
    PICKUP_REQUESTED: { description: 'Its carrier was asked to fetch it.' },
    PICKED_UP: { description: 'It left its vendor with the carrier.' },
    IN_TRANSIT: { description: 'It is on its way between two places.' },
    AT_HUB: { description: 'It lies in a place of its carrier.' },
    OUT_FOR_DELIVERY: { description: 'Somebody is bringing it to the door.' },
    DELIVERED: { description: 'It was handed over to its recipient.' },
    PARTIALLY_DELIVERED: { description: 'Some of it was handed over, the rest not.' },
    DELIVERY_FAILED: { description: 'It could not be handed over; its carrier tries again or brings it back.' },
    RETURNING: { description: 'It is on its way back to its vendor.' },
    RETURNED: { description: 'It is back at its vendor.' },
    ON_HOLD: { description: 'Its carrier waits for something before it goes on.' },
    CANCELLED: { description: 'It is not sent; its pieces can be sent anew.' },
    LOST: { description: 'Nobody can find it any more.' },
    DAMAGED: { description: 'It broke on its way.' },
  },
});

/** What stands in the way of sending. */
export enum NothingToShipReason { NOT_ACCEPTED = 'NOT_ACCEPTED', ON_HOLD = 'ON_HOLD', ORDER_OVER = 'ORDER_OVER', TOO_MANY_PIECES = 'TOO_MANY_PIECES', NOTHING_LEFT = 'NOTHING_LEFT' }

registerEnumType(NothingToShipReason, {
  name: 'NothingToShipReason', description: 'What stands in the way of sending.',
  valuesConfig: {
    NOT_ACCEPTED: { description: 'Its vendor has not accepted the order yet, or it is not paid.' },
    ON_HOLD: { description: 'The order is held back until somebody looked at it.' },
    ORDER_OVER: { description: 'The order is cancelled, expired or completed.' },
    TOO_MANY_PIECES: { description: 'More pieces are named than are left to send.' },
    NOTHING_LEFT: { description: 'Every piece was sent or cancelled already.' },
  },
});
