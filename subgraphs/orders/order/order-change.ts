import { newId } from '@haat/kit/id';
import { actorOf } from '@haat/kit/identity';
import type { OrdersTx } from '../context.js';
import { cancelPieces, type CancelledPart, type TakenOff } from './cancelled-pieces.js';
import { OrderEventRow, type OrderLineRow, type VendorOrderRow } from './order.row.js';
import { rollUp, type OrderState } from './roll-up.js';
import type { WholeOrder } from './say-order.js';
import { moved, type MoveName, type Mover, type PiecesFacts, type VendorOrderState } from './vendor-order-state.js';

const hourMs = 3_600_000;

/** Who does something, and why. */
export interface Because {
  readonly by: Mover;
  readonly reason?: string | null;
}

/** A part that went from one state to another. */
export interface MovedPart {
  readonly part: VendorOrderRow;
  readonly name: MoveName;
  readonly before: VendorOrderState;
  readonly because: Because;
}

/** Pieces that a part lost. */
export interface LostPieces extends CancelledPart {
  readonly part: VendorOrderRow;
  readonly wasConfirmed: boolean;
  readonly shipped: boolean;
  readonly because: Because;
}

/** What is being done to an order, before it is written: rows are changed in memory, and what happened is noted. */
export class OrderChange {
  readonly before: OrderState;
  readonly moves: MovedPart[] = [];
  readonly lost: LostPieces[] = [];
  readonly touched = new Set<VendorOrderRow>();
  readonly notes: Partial<OrderEventRow>[] = [];

  constructor(private readonly tx: OrdersTx, readonly whole: WholeOrder) {
    this.before = this.status;
  }

  /** Where the order is by what was done so far. */
  get status(): OrderState {
    return rollUp(this.whole.parts.map(({ status }) => status));
  }

  /** The moment of the change. */
  get now(): Date {
    return this.tx.clock.now();
  }

  /** The lines of one part. */
  linesOf({ id }: VendorOrderRow): readonly OrderLineRow[] {
    return this.whole.lines.filter(({ vendorOrderId }) => vendorOrderId === id);
  }

  /** Pieces of a part, as the table of moves asks for them. */
  piecesOf(part: VendorOrderRow): PiecesFacts {
    const sum = (of: (line: OrderLineRow) => number): number => this.linesOf(part).reduce((total, line) => total + of(line), 0);
    return { kept: sum(({ quantity, cancelled }) => quantity - cancelled), shipped: sum(({ shipped }) => shipped), delivered: sum(({ delivered }) => delivered) };
  }

  /** Moves a part. False where the table has no such way: nothing is changed then. */
  move(part: VendorOrderRow, name: MoveName, because: Because): boolean {
    const to = moved(part.status, name, because.by, this.piecesOf(part));
    if (to === undefined) return false;
    this.moves.push({ part, name, before: part.status, because });
    this.note({ vendorOrderId: part.id, kind: name, doneBy: because.by, reason: because.reason ?? null, stateBefore: part.status, stateAfter: to });
    part.status = to;
    // A vendor's time to accept begins whenever the part comes to wait for that.
    part.acceptsAt = to === 'CONFIRMED' && part.acceptsAfterHours !== null ? new Date(this.now.getTime() + part.acceptsAfterHours * hourMs) : null;
    this.touched.add(part);
    return true;
  }

  /** Takes pieces off a part that is or was `state`. */
  lose(part: VendorOrderRow, state: VendorOrderState, { takenOff, shipped, because }: { takenOff: TakenOff; shipped: boolean; because: Because }): void {
    const wasConfirmed = state !== 'PENDING_PAYMENT' && state !== 'EXPIRED';
    this.lost.push({ part, wasConfirmed, shipped, because, ...cancelPieces(part, this.linesOf(part), takenOff) });
    this.touched.add(part);
  }

  /** Notes that something happened which moves nothing. */
  note(event: Partial<OrderEventRow>): void {
    const { tx } = this;
    this.notes.push({
      id: newId('oev', tx.clock.now()), orderId: this.whole.order.id, vendorOrderId: null, actor: actorOf(tx.viewer, tx.subgraph), doneBy: 'SYSTEM', reason: null, stateBefore: null, stateAfter: null, happenedAt: tx.clock.now(), ...event,
    });
  }
}
