/** Where a parcel can be. */
export const parcelStates = [
  'DRAFT', 'BOOKED', 'LABELLED', 'PICKUP_REQUESTED', 'PICKED_UP', 'IN_TRANSIT', 'AT_HUB', 'OUT_FOR_DELIVERY', 'DELIVERED', 'PARTIALLY_DELIVERED', 'DELIVERY_FAILED', 'RETURNING', 'RETURNED', 'ON_HOLD', 'CANCELLED', 'LOST', 'DAMAGED',
] as const;
/** One of them. */
export type ParcelState = (typeof parcelStates)[number];

const here: readonly ParcelState[] = ['DRAFT', 'BOOKED', 'LABELLED', 'PICKUP_REQUESTED'];
const away: readonly ParcelState[] = ['PICKED_UP', 'IN_TRANSIT', 'AT_HUB', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED'];

/** Every way there is, as data: from where a parcel may get to each state. News of a carrier may leave steps out; they never lead backwards but by a failure, a hold or a return. */
export const cameFrom: Readonly<Record<ParcelState, readonly ParcelState[]>> = {
  DRAFT: [],
  BOOKED: ['DRAFT'],
  LABELLED: ['DRAFT', 'BOOKED'],
  PICKUP_REQUESTED: ['DRAFT', 'BOOKED', 'LABELLED', 'ON_HOLD'],
  PICKED_UP: [...here, 'ON_HOLD'],
  IN_TRANSIT: [...here, 'PICKED_UP', 'AT_HUB', 'ON_HOLD'],
  AT_HUB: [...here, 'PICKED_UP', 'IN_TRANSIT', 'DELIVERY_FAILED', 'ON_HOLD'],
  OUT_FOR_DELIVERY: [...here, 'PICKED_UP', 'IN_TRANSIT', 'AT_HUB', 'DELIVERY_FAILED', 'ON_HOLD'],
  DELIVERED: [...here, ...away, 'ON_HOLD', 'LOST'],
  PARTIALLY_DELIVERED: [...here, ...away, 'ON_HOLD'],
  DELIVERY_FAILED: [...here, ...away.filter((state) => state !== 'DELIVERY_FAILED'), 'ON_HOLD'],
  RETURNING: [...away, 'ON_HOLD', 'PARTIALLY_DELIVERED', 'DAMAGED'],
  RETURNED: [...away, 'RETURNING', 'ON_HOLD', 'PARTIALLY_DELIVERED', 'LOST', 'DAMAGED'],
  ON_HOLD: [...here, ...away],
  CANCELLED: [...here, 'ON_HOLD'],
  LOST: [...away, 'RETURNING', 'ON_HOLD'],
  DAMAGED: [...away, 'RETURNING', 'ON_HOLD'],
};

/** States behind the vendor's door: who is here was sent. */
export const sentStates: readonly ParcelState[] = ['PICKED_UP', 'IN_TRANSIT', 'AT_HUB', 'OUT_FOR_DELIVERY', 'DELIVERED', 'PARTIALLY_DELIVERED', 'DELIVERY_FAILED', 'RETURNING', 'RETURNED', 'LOST', 'DAMAGED'];

/** States that somebody may record by hand. */
export const recordable = ['PICKED_UP', 'IN_TRANSIT', 'AT_HUB', 'OUT_FOR_DELIVERY', 'DELIVERED', 'PARTIALLY_DELIVERED', 'DELIVERY_FAILED', 'RETURNING', 'RETURNED', 'ON_HOLD', 'LOST', 'DAMAGED'] as const satisfies readonly ParcelState[];

/** What is asked of the facts beside the state. */
export interface SentFacts {
  /** It left the vendor. */
  readonly wasSent: boolean;
}

/** Whether a parcel may get from one state to another. What is on hold and had left the vendor is not waiting there any more, and is not cancelled. */
export function mayGet(from: ParcelState, to: ParcelState, { wasSent }: SentFacts): boolean {
  if (!cameFrom[to].includes(from)) return false;
  return !(wasSent && (to === 'CANCELLED' || to === 'PICKUP_REQUESTED' || to === 'PICKED_UP')) && !(!wasSent && from === 'ON_HOLD' && (to === 'RETURNED' || to === 'RETURNING'));
}

/** Whether a parcel is still with its vendor. */
export function isHere(state: ParcelState, { wasSent }: SentFacts): boolean {
  return here.includes(state) || (state === 'ON_HOLD' && !wasSent);
}

/** How far a shipment is, by its parcels: cancelled ones are ignored beside others; where all are alike, that; where some were handed over, PARTIALLY_DELIVERED; else the one that is least far. */
export function rolledUp(states: readonly ParcelState[]): ParcelState {
  const left: readonly ParcelState[] = states.filter((state) => state !== 'CANCELLED');
  const [first = 'CANCELLED'] = left;
  if (left.every((state) => state === first)) return first;
  if (left.some((state) => state === 'DELIVERED' || state === 'PARTIALLY_DELIVERED')) return 'PARTIALLY_DELIVERED';
  return parcelStates.find((state) => left.includes(state)) ?? first;
}
