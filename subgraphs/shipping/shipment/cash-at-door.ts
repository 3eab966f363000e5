import { roundDiv } from '@haat/kit/round-div';
import type { LineFact } from '../order/vendor-order-fact.row.js';
import { notHandedOver } from './move-parcel.js';
import type { ParcelState } from './parcel-state.js';
import type { ParcelRow, Pieces } from './shipment.row.js';

/**
 * What a vendor that carries a parcel itself takes at the door, in minor units: what was to be collected, less the worth of pieces that
 * were not handed over. Null where nothing is taken.
 */
export function cashAtDoor(lines: readonly LineFact[], parcel: Pick<ParcelRow, 'lines' | 'amountToCollectMinor'>, to: ParcelState, handedOver: readonly Pieces[] | null): number | null {
  if (parcel.amountToCollectMinor === 0 || (to !== 'DELIVERED' && to !== 'PARTIALLY_DELIVERED')) return null;
  const kept = to === 'DELIVERED' ? [] : notHandedOver({ lines: parcel.lines, handedOver });
  return Math.max(0, parcel.amountToCollectMinor - kept.reduce((sum, pieces) => sum + worthOf(lines, pieces), 0));
}

function worthOf(lines: readonly LineFact[], { orderLineId, quantity }: Pieces): number {
  const line = lines.find((one) => one.orderLineId === orderLineId);
  if (!line) return 0;
  // Rounded as orders rounds them when it hears that they came back.
  const worth = (pieces: number): number => roundDiv(BigInt(line.totalMinor) * BigInt(pieces), line.quantity);
  return worth(line.cancelled + quantity) - worth(line.cancelled);
}
