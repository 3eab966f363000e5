import type { Tx } from '../engine/store.js';
import { refused, type Work } from '../engine/work.js';
import { freeze, redeem, thaw, unredeem } from './carts.js';
import { gatheredOf } from './goods.js';
import type { Market } from './market.js';
import { partState } from './order-change.js';
import { beginPayment, sharesOfPayment } from './payments.js';
import { checkouts, orders, type CartRow, type CheckoutRow, type OrderLine, type OrderRow } from './rows.js';
import { extend, release, reserve } from './stock.js';

/** How long a checkout may take, a hold lasts, and a hold outlives the time to pay; in milliseconds. */
const [checkoutMs, holdMs, graceMs] = [60_000, 900_000, 300_000];

/** What a buyer wants. */
export interface PlaceWish {
  readonly tenant: string;
  readonly actor: string;
  readonly cartId: string;
  readonly key: string;
  readonly expectedMinor: number;
}

/** What it came to. */
export type Placed = { readonly orderId: string } | { readonly problem: string };

interface Taking {
  readonly wish: PlaceWish;
  readonly checkout: CheckoutRow;
  cart?: CartRow;
  draft?: { readonly vendorOrders: readonly { readonly vendorId: string; readonly totals: { readonly totalMinor: number }; readonly lines: readonly { readonly cartLineId: string; readonly offerId: string; readonly quantity: number; readonly totalMinor: number }[] }[]; readonly totals: { readonly totalMinor: number } };
}

/** Places an order by the product's own list of steps; what is asked of neighbours is the model's. */
export function* placeOrder(market: Market, wish: PlaceWish): Work<Placed> {
  const { orders: process } = market.processes;
  const checkout = yield* process.transaction((tx) => begin(market, tx, wish));
  if (checkout.outcome !== null) return checkout.outcome === 'DIED' ? { orderId: checkout.orderId } : { problem: checkout.outcome };
  if (checkout.state === 'PLACED') return { orderId: checkout.orderId };
  try {
    const problem = yield* takeSteps(market, { wish, checkout });
    if (problem !== undefined) {
      yield* process.unlessAway(endCheckout(market, checkout.id, problem));
      return { problem };
    }
  } catch (error) {
    yield* process.unlessAway(endCheckout(market, checkout.id, null));
    throw error;
  }
  yield* process.unlessAway(openPayment(market, checkout.orderId));
  return { orderId: checkout.orderId };
}

/** Gives back what checkouts took that nobody brought to an end. */
export function* endLeftCheckouts(market: Market): Work {
  const { orders: process } = market.processes;
  for (const { id } of process.store.all(checkouts).filter(({ state, deadlineMs }) => (state === 'OPEN' || state === 'UNDOING') && deadlineMs <= process.nowMs())) yield* process.unlessAway(endCheckout(market, id, null));
}

function* begin(market: Market, tx: Tx, { tenant, actor, cartId, key, expectedMinor }: PlaceWish): Work<CheckoutRow> {
  yield* tx.store.lock(tx, `cart-lane/${cartId}`);
  const input = `${cartId} ${expectedMinor}`;
  const nameOf = (row: { tenant: string; actor: string; clientKey: string }): string => market.world.parts.keyId({ ...row, operation: 'placeOrder', key: row.clientKey, input });
  const all = tx.store.all(checkouts);
  const known = all.find((row) => nameOf(row) === nameOf({ tenant, actor, clientKey: key }));
  if (known && known.input !== input) throw refused('IDEMPOTENCY_KEY_REUSED');
  const seen = known ?? all.filter((row) => row.cartId === cartId && row.state !== 'ENDED').at(-1);
  const there = seen && (yield* tx.locked(checkouts, seen.id));
  const deadlineMs = tx.nowMs() + checkoutMs;
  const number = there ? 0 : tx.store.nextNumber();
  if (!there) return saved(tx, { id: `chk-${number}`, tenant, actor, cartId, clientKey: key, input, orderId: `ord-${number}`, state: 'OPEN', outcome: null, deadlineMs });
  // Undone because nobody brought it to an end: what the old order gave back it cannot take again.
  if (there.state === 'ENDED' && there.outcome === null) return saved(tx, { ...there, state: 'OPEN', orderId: `${there.orderId}+`, deadlineMs });
  if (there.state === 'PLACED' || there.state === 'ENDED') return there;
  if (there.state === 'UNDOING' || there.deadlineMs > tx.nowMs()) throw refused('CONFLICT_IN_PROGRESS');
  return saved(tx, { ...there, deadlineMs });
}

function saved(tx: Tx, row: CheckoutRow): CheckoutRow {
  tx.set(checkouts, row.id, row);
  return row;
}

function* takeSteps(market: Market, taking: Taking): Work<string | undefined> {
  for (const { take } of market.world.parts.checkoutSteps) {
    const problem = yield* steps[take](market, taking);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const steps: Readonly<Record<'freeze' | 'decide' | 'reserve' | 'redeem' | 'write', (market: Market, taking: Taking) => Work<string | undefined>>> = {
  *freeze(market, taking) {
    const { cartId, orderId, deadlineMs } = taking.checkout;
    const cart = yield* market.processes.carts.ask(() => freeze(market, { cartId, orderId, untilMs: deadlineMs }));
    if (!cart) throw refused('CONFLICT_IN_PROGRESS');
    taking.cart = cart;
    return undefined;
  },
  *decide({ world: { parts } }, taking) {
    const decided = parts.decideOrder(gatheredOf(cartOf(taking)), { expectedTotal: { minor: taking.wish.expectedMinor, currency: 'BDT' }, payWith: 'STRIPE', note: null });
    if (decided.kind !== 'ORDER') return decided.kind;
    taking.draft = decided.draft;
    return undefined;
  },
  *reserve(market, taking) {
    const { orderId } = taking.checkout;
    const held = yield* market.processes.inventory.ask(() => reserve(market, { orderId, lines: cartOf(taking).lines, holdMs }));
    if (held.outcome === 'RELEASED') throw refused('CONFLICT_IN_PROGRESS');
    return held.outcome === 'SHORT' ? 'OUT_OF_STOCK' : undefined;
  },
  *redeem(market, taking) {
    if (!cartOf(taking).hasCoupon) return undefined;
    return (yield* market.processes.coupons.ask(() => redeem(market, taking.checkout.orderId))) ? undefined : 'COUPON_REJECTED';
  },
  *write(market, taking) {
    yield* market.processes.orders.transaction((tx) => writeOrder(market, tx, taking));
    return undefined;
  },
};

function cartOf({ cart }: Taking): CartRow {
  if (!cart) throw new Error('A step came before the cart was taken.');
  return cart;
}

function* writeOrder(market: Market, tx: Tx, taking: Taking): Work {
  const checkout = yield* tx.locked(checkouts, taking.checkout.id);
  const { orderId: id, tenant } = taking.checkout;
  if (!checkout || checkout.orderId !== id || !market.world.parts.mayWrite(checkout)) throw refused('CONFLICT_IN_PROGRESS');
  const { draft } = taking;
  if (!draft) throw new Error('A step came before the order was decided.');
  const cart = cartOf(taking);
  const parts = draft.vendorOrders.map(({ vendorId, totals: { totalMinor } }) => ({ id: `${id}/${vendorId}`, vendorId, version: 1, status: 'PENDING_PAYMENT' as const, totals: { totalMinor }, cancelledMinor: 0, acceptsAtMs: null }));
  const lines = draft.vendorOrders.flatMap(({ vendorId, lines: own }) => own.map(({ cartLineId, offerId, quantity, totalMinor }): OrderLine => ({ id: `${id}/${cartLineId}`, cartLineId, vendorOrderId: `${id}/${vendorId}`, offerId, quantity, totalMinor, cancelled: 0, shipped: 0, delivered: 0, refunded: 0 })));
  const order: OrderRow = { id, tenant, version: 1, cartId: cart.id, hasCoupon: cart.hasCoupon, totalMinor: draft.totals.totalMinor, paidMinor: 0, paymentId: null, revivesAtMs: null, revivesWhy: null, parts, lines, steps: [] };
  tx.set(orders, id, order);
  tx.set(checkouts, checkout.id, { ...checkout, state: 'PLACED' });
  tx.emit(tenant, 'order-placed', order, { orderId: id, cartId: cart.id, tenant, ...sharesOfPayment(order) });
  for (const part of parts) tx.emit(tenant, 'vendor-order-changed', part, { orderId: id, ...partState(order, part) });
}

/** From now on nobody writes an order of it; then everything is given back, the last first. */
function* endCheckout(market: Market, checkoutId: string, outcome: string | null): Work {
  const { processes, world: { parts } } = market;
  const checkout = yield* processes.orders.transaction(function* fence(tx: Tx): Work<CheckoutRow | undefined> {
    const row = yield* tx.locked(checkouts, checkoutId);
    if (!row || row.state === 'PLACED' || row.state === 'ENDED') return undefined;
    return saved(tx, { ...row, state: 'UNDOING', outcome: row.outcome ?? outcome });
  });
  if (!checkout) return;
  const { orderId, cartId } = checkout;
  const undo = { thaw: () => processes.carts.ask(() => thaw(market, cartId, orderId)), release: () => processes.inventory.ask(() => release(market, orderId)), unredeem: () => processes.coupons.ask(() => unredeem(market, orderId)) };
  for (const step of parts.undoSteps) yield* undo[step]();
  yield* processes.orders.transaction(function* finish(tx: Tx): Work {
    const row = yield* tx.locked(checkouts, checkoutId);
    if (row?.state === 'UNDOING') saved(tx, { ...row, state: 'ENDED' });
  });
}

/** Opens the payment of a written order, and holds its stock until the time to pay is over. */
function* openPayment(market: Market, orderId: string): Work {
  const { processes } = market;
  const order = processes.orders.store.row(orders, orderId);
  if (!order) return;
  const windowEndsAtMs = yield* processes.payments.ask(() => beginPayment(market, { orderId, tenant: order.tenant, ...sharesOfPayment(order) }));
  if (windowEndsAtMs === null) return;
  yield* processes.inventory.ask(() => extend(market, orderId, windowEndsAtMs + graceMs));
}
