/** Where the part of one vendor can be. */
export const vendorOrderStates = [
  'PENDING_PAYMENT', 'CONFIRMED', 'ON_HOLD', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'COMPLETED', 'CANCELLED', 'EXPIRED',
] as const;
/** One of them. */
export type VendorOrderState = (typeof vendorOrderStates)[number];

/** Who moves it: the one who asked or, where it follows from something else, the marketplace itself. */
export type Mover = 'BUYER' | 'VENDOR' | 'OPERATOR' | 'SYSTEM';

/** A way from one state to another. */
export interface Move {
  readonly name: string;
  readonly from: readonly VendorOrderState[];
  readonly to: VendorOrderState;
  readonly by: readonly Mover[];
  /** What must hold of its pieces; see {@link PiecesFacts}. */
  readonly guard?: (pieces: PiecesFacts) => boolean;
}

/** Pieces of all lines together: how many there are that were not cancelled, and what became of them. */
export interface PiecesFacts {
  readonly kept: number;
  readonly shipped: number;
  readonly delivered: number;
}

const nothingShipped = ({ shipped }: PiecesFacts): boolean => shipped === 0;
const nothingKept = ({ kept }: PiecesFacts): boolean => kept === 0;
const allShipped = ({ kept, shipped }: PiecesFacts): boolean => kept > 0 && shipped >= kept;
const someShipped = ({ kept, shipped }: PiecesFacts): boolean => shipped > 0 && shipped < kept;
const allDelivered = ({ kept, delivered }: PiecesFacts): boolean => kept > 0 && delivered >= kept;
const someDelivered = ({ kept, delivered }: PiecesFacts): boolean => delivered > 0 && delivered < kept;

/** Every way there is, as data: what is not here cannot happen. */
export const moves: readonly Move[] = [
  { name: 'confirm', from: ['PENDING_PAYMENT'], to: 'CONFIRMED', by: ['SYSTEM'] },
  // Paid late: its stock and coupons were taken again.
  { name: 'confirmLate', from: ['EXPIRED'], to: 'CONFIRMED', by: ['SYSTEM'] },
  { name: 'expire', from: ['PENDING_PAYMENT'], to: 'EXPIRED', by: ['SYSTEM'] },
  { name: 'withdraw', from: ['PENDING_PAYMENT'], to: 'CANCELLED', by: ['BUYER', 'OPERATOR'] },
  { name: 'hold', from: ['CONFIRMED'], to: 'ON_HOLD', by: ['VENDOR', 'OPERATOR', 'SYSTEM'] },
  // The promise of its money lapsed: what its vendor accepted waits as well, and goes on as accepted.
  { name: 'hold', from: ['PROCESSING'], to: 'ON_HOLD', by: ['SYSTEM'] },
  { name: 'releaseAccepted', from: ['ON_HOLD'], to: 'PROCESSING', by: ['OPERATOR', 'SYSTEM'] },
  { name: 'release', from: ['ON_HOLD'], to: 'CONFIRMED', by: ['VENDOR', 'OPERATOR', 'SYSTEM'] },
  { name: 'accept', from: ['CONFIRMED'], to: 'PROCESSING', by: ['VENDOR', 'OPERATOR', 'SYSTEM'] },
  { name: 'reject', from: ['CONFIRMED', 'PROCESSING', 'ON_HOLD'], to: 'CANCELLED', by: ['VENDOR', 'OPERATOR'], guard: nothingShipped },
  { name: 'cancel', from: ['CONFIRMED', 'PROCESSING', 'ON_HOLD'], to: 'CANCELLED', by: ['BUYER', 'OPERATOR', 'SYSTEM'], guard: nothingShipped },
  { name: 'shipPart', from: ['PROCESSING', 'PARTIALLY_SHIPPED'], to: 'PARTIALLY_SHIPPED', by: ['SYSTEM'], guard: someShipped },
  { name: 'ship', from: ['PROCESSING', 'PARTIALLY_SHIPPED'], to: 'SHIPPED', by: ['SYSTEM'], guard: allShipped },
  { name: 'deliverPart', from: ['PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED'], to: 'PARTIALLY_DELIVERED', by: ['SYSTEM'], guard: someDelivered },
  { name: 'deliver', from: ['SHIPPED', 'PARTIALLY_DELIVERED', 'PARTIALLY_SHIPPED'], to: 'DELIVERED', by: ['SYSTEM'], guard: allDelivered },
  // Refused at the door, or lost: every parcel came back, and with it every piece.
  { name: 'takeBack', from: ['SHIPPED', 'PARTIALLY_SHIPPED'], to: 'CANCELLED', by: ['SYSTEM'], guard: nothingKept },
  // What was sent came back, and there is more to send.
  { name: 'resume', from: ['PARTIALLY_SHIPPED'], to: 'PROCESSING', by: ['SYSTEM'], guard: nothingShipped },
  { name: 'complete', from: ['DELIVERED'], to: 'COMPLETED', by: ['SYSTEM'] },
];

/** The name of a move. */
export type MoveName = (typeof moves)[number]['name'];

/** Where a move leads from a state; undefined where it leads nowhere: the state, the mover or the pieces do not allow it. */
export function moved(state: VendorOrderState, name: MoveName, by: Mover, pieces: PiecesFacts): VendorOrderState | undefined {
  const move = moves.find((one) => one.name === name && one.from.includes(state) && one.by.includes(by));
  return move && (move.guard?.(pieces) ?? true) ? move.to : undefined;
}

/** The move that what became of the pieces asks for; undefined where the state says it already. */
export function moveOfPieces(state: VendorOrderState, pieces: PiecesFacts): MoveName | undefined {
  const wanted = ['takeBack', 'resume', 'deliver', 'deliverPart', 'ship', 'shipPart'].find((name) => moved(state, name, 'SYSTEM', pieces) !== undefined);
  return wanted !== undefined && moved(state, wanted, 'SYSTEM', pieces) !== state ? wanted : undefined;
}

/** Whether nothing leads on from here. */
export function isFinal(state: VendorOrderState): boolean {
  return !moves.some(({ from }) => from.includes(state));
}
