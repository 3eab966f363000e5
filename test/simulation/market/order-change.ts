import type { MoveName, Mover, VendorOrderState } from '@haat/orders/pure/vendor-order-state';
import type { Tx } from '../engine/store.js';
import type { MarketParts } from './market-parts.js';
import { orders, type OrderLine, type OrderRow, type Part } from './rows.js';

interface Lost { readonly part: Part; readonly wasConfirmed: boolean; readonly shipped: boolean; readonly cancelled: readonly unknown[]; readonly amountMinor: number }

/** Something done to an order, by the product's table of moves, before it is written and said. */
export class OrderChange {
  readonly before: string;
  readonly touched = new Set<Part>();
  private readonly lost: Lost[] = [];
  private readonly moves: { readonly part: Part; readonly name: string }[] = [];

  constructor(private readonly parts: MarketParts, readonly order: OrderRow) {
    this.before = this.status;
  }

  get status(): string {
    return this.parts.rollUp(this.order.parts.map(({ status }) => status));
  }

  linesOf({ id }: Part): OrderLine[] {
    return this.order.lines.filter(({ vendorOrderId }) => vendorOrderId === id);
  }

  /** Moves a part; false where the table has no such way. */
  move(part: Part, name: MoveName, by: Mover): boolean {
    const to = this.parts.moved(part.status, name, by, this.piecesOf(part));
    if (to === undefined) return false;
    this.moves.push({ part, name });
    this.order.steps.push({ part: part.id, name, before: part.status, after: to });
    Object.assign(part, { status: to, acceptsAtMs: null });
    this.touched.add(part);
    return true;
  }

  /** Moves a part to where its pieces say it is. */
  follow(part: Part): void {
    const name = this.parts.moveOfPieces(part.status, this.piecesOf(part));
    if (name !== undefined) this.move(part, name, 'SYSTEM');
  }

  /** Takes pieces off a part that is or was in a state. */
  lose(part: Part, state: VendorOrderState, { takenOff, shipped }: { takenOff: (line: OrderLine) => number; shipped: boolean }): void {
    const pieces = this.parts.cancelPieces(part as never, this.linesOf(part) as never, takenOff as never);
    this.lost.push({ part, shipped, wasConfirmed: state !== 'PENDING_PAYMENT' && state !== 'EXPIRED', ...pieces });
    this.touched.add(part);
  }

  /** Cancels every part, or says that one cannot be. */
  cancelAll(by: Mover): boolean {
    return this.order.parts.filter(({ status }) => status !== 'CANCELLED').map((part) => {
      const before = part.status;
      const isCancelled = this.move(part, before === 'PENDING_PAYMENT' ? 'withdraw' : 'cancel', by);
      if (isCancelled) this.lose(part, before, { takenOff: ({ quantity }) => quantity, shipped: false });
      return isCancelled;
    }).every(Boolean);
  }

  /** Writes it, and tells everybody what concerns them. */
  write(tx: Tx): void {
    const { order, status } = this;
    order.version += 1;
    for (const part of this.touched) part.version += 1;
    tx.set(orders, order.id, order);
    const say = (type: string, aggregate: { id: string; version: number }, payload: object): void => tx.emit(order.tenant, type, aggregate, { orderId: order.id, cartId: order.cartId, ...payload });
    for (const part of this.touched) say('vendor-order-changed', part, partState(order, part));
    for (const { part, name } of this.moves) if (name === 'accept') say('vendor-order-accepted', part, partState(order, part));
    for (const { part, cancelled, amountMinor, shipped, wasConfirmed } of this.lost) say('vendor-order-cancelled', part, { ...partState(order, part), lines: cancelled, amountMinor, shipped, wasConfirmed });
    if (this.moves.some(({ name }) => name.startsWith('confirm'))) sayConfirmed(tx, order);
    if (this.before !== status && (status === 'CANCELLED' || status === 'EXPIRED')) say(`order-${status.toLowerCase()}`, order, {});
  }

  private piecesOf(part: Part): { kept: number; shipped: number; delivered: number } {
    const sum = (of: (line: OrderLine) => number): number => this.linesOf(part).reduce((total, line) => total + of(line), 0);
    return { kept: sum(({ quantity, cancelled }) => quantity - cancelled), shipped: sum(({ shipped }) => shipped), delivered: sum(({ delivered }) => delivered) };
  }
}

/** A part's whole state, as its events have it. */
export function partState({ lines }: OrderRow, { id, status, vendorId }: Part): object {
  return { vendorOrderId: id, status, vendorId, state: lines.filter(({ vendorOrderId }) => vendorOrderId === id).map((line) => ({ ...line, orderLineId: line.id })) };
}

/** Says that an order is confirmed: what it holds becomes its own. */
export function sayConfirmed(tx: Tx, { id, tenant, version, cartId, lines }: OrderRow): void {
  tx.emit(tenant, 'order-confirmed', { id, version }, { orderId: id, cartId, lines: lines.filter(({ quantity, cancelled }) => quantity > cancelled).map(({ cartLineId, quantity, cancelled }) => ({ cartLineId, quantity: quantity - cancelled })) });
}
