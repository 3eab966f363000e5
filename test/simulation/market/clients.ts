import { Away, Refused, type Work } from '../engine/work.js';
import type { Process } from '../engine/process.js';
import { placeOrder, type Placed, type PlaceWish } from './checkout.js';
import { offers, priced } from './goods.js';
import type { Market } from './market.js';
import type { Keyed } from './market-parts.js';
import { cancelOrder } from './order-life.js';
import { refundPayment } from './refunds.js';
import { carts, orders, partFacts, payments, type CartRow } from './rows.js';
import { shipPart, track } from './shipping.js';

/** When the last buyer comes, in virtual milliseconds. */
const comeUntilMs = 600_000;

/** The marketplaces; both name their people and their keys alike. */
const tenants = ['t1', 't2'];

/** Lets buyers, merchants, an operator and a courier do what a seed has them do. */
export function openShop(market: Market): void {
  const { world: { random }, processes, outside } = market;
  // Some days everybody comes at the same moment.
  const lastMs = random.pick([40, 3_000, comeUntilMs, comeUntilMs]);
  const buyers = random.whole(2, 4);
  for (let number = 1; number <= buyers; number += 1) {
    const cart = drawnCart(market, number);
    processes.carts.store.put(carts, cart.id, cart);
    outside.run(buy(market, cart, random.whole(0, lastMs)));
  }
  for (const tenant of tenants) outside.run(sell(market, tenant));
  if (random.chance(0.5)) outside.run(giveBack(market));
  outside.run(carry(market));
}

function drawnCart({ world: { random } }: Market, number: number): CartRow {
  const wanted = offers.filter(() => random.chance(0.6));
  const lines = (wanted.length > 0 ? wanted : [offers[0]]).map(({ offerId, vendorId }, at) => ({ lineId: `l${at + 1}`, offerId, vendorId, quantity: random.whole(1, 2) }));
  return { id: `cart-${number}`, tenant: random.pick(tenants), buyer: `buyer-${random.whole(1, 2)}`, state: 'OPEN', orderId: null, frozenUntilMs: 0, lines, hasCoupon: random.chance(0.4) };
}

/** Asks again with the same key until there is an answer; a refusal that stays is one. */
function* until<T>(market: Market, process: Process, work: () => Work<T>): Work<T | { readonly refused: string }> {
  for (let waitMs = 1_000; ;) {
    try {
      return yield* process.ask(work);
    } catch (error) {
      if (error instanceof Refused && error.code === 'IDEMPOTENCY_KEY_REUSED') return { refused: error.code };
      if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
      waitMs = Math.min(30_000, waitMs * 2);
      yield market.world.random.whole(waitMs / 2, waitMs);
    }
  }
}

function* buy(market: Market, cart: CartRow, waitMs: number): Work {
  const { world: { random }, processes } = market;
  yield waitMs;
  const wish: PlaceWish = { tenant: cart.tenant, actor: cart.buyer, cartId: cart.id, key: `key-${cart.id}`, expectedMinor: priced(cart).totals.totalMinor };
  const ask = (of: PlaceWish): Work<Placed | { refused: string }> => until(market, processes.orders, () => placeOrder(market, of));
  // An impatient buyer presses twice; both are told the same.
  if (random.chance(0.3)) market.outside.run(noted(market, wish, ask(wish)));
  const answer = yield* noted(market, wish, ask(wish));
  if (random.chance(0.3)) yield* noted(market, { ...wish, expectedMinor: wish.expectedMinor + 1 }, ask({ ...wish, expectedMinor: wish.expectedMinor + 1 }));
  if (!('orderId' in answer)) return;
  if (random.chance(0.3)) market.outside.run(cancel(market, cart, answer.orderId, random.whole(500, 400_000)));
  if (random.chance(0.85)) yield* pay(market, answer.orderId);
  if (random.chance(0.3)) yield* noted(market, wish, ask(wish));
}

function* noted(market: Market, { tenant, actor, cartId, key, expectedMinor }: PlaceWish, work: Work<Placed | { refused: string }>): Work<Placed | { refused: string }> {
  const answer = yield* work;
  market.note('order-answer', { tenant, actor, cartId, key, expectedMinor, answer: JSON.stringify(answer) });
  return answer;
}

/** Pays at the provider: at once or late, at times declined first. */
function* pay({ world: { random }, provider }: Market, orderId: string): Work {
  yield random.chance(0.7) ? random.whole(1_000, 120_000) : random.whole(400_000, 800_000);
  for (let tries = 0; tries < 30; tries += 1) {
    const charge = provider.charges.find((one) => one.orderId === orderId);
    if (charge && provider.pay(charge, tries === 0 && random.chance(0.2)) && charge.status === 'CAPTURED') return;
    if (charge && charge.status !== 'OPEN') return;
    yield random.whole(5_000, 20_000);
  }
}

function* cancel(market: Market, { tenant, buyer }: CartRow, orderId: string, waitMs: number): Work {
  yield waitMs;
  const keyed: Keyed = { tenant, actor: buyer, operation: 'cancelOrder', key: `cancel-${orderId}`, input: orderId };
  const isCancelled = yield* until(market, market.processes.orders, () => cancelOrder(market, orderId, keyed));
  market.note('cancel-answer', { orderId, isCancelled });
}

/** A merchant sends what may be sent, some pieces at a time, each parcel under a key of its own. */
function* sell(market: Market, tenant: string): Work {
  const { world: { random }, processes: { shipping } } = market;
  for (let number = 1; number <= 12;) {
    yield random.whole(30_000, 90_000);
    const ready = shipping.store.all(partFacts).filter((fact) => fact.tenant === tenant && (fact.status === 'PROCESSING' || fact.status === 'PARTIALLY_SHIPPED') && fact.parcels.length < 4);
    if (ready.length === 0) {
      if (market.world.timeline.nowMs > 2 * comeUntilMs + 900_000) return;
      continue;
    }
    const { id } = random.pick(ready);
    const piecesMax = random.whole(1, 2);
    const keyed: Keyed = { tenant, actor: 'merchant', operation: 'shipVendorOrder', key: `ship-${number}`, input: `${id} ${piecesMax}` };
    number += 1;
    for (let times = random.whole(1, 2); times > 0; times -= 1) {
      const parcelId = yield* until(market, shipping, () => shipPart(market, id, keyed, piecesMax));
      market.note('ship-answer', { tenant, key: keyed.key, part: id, answer: JSON.stringify(parcelId) });
    }
  }
}

/** An operator gives money back, for a piece or as an amount, at times more than there is. */
function* giveBack(market: Market): Work {
  const { world: { random }, processes } = market;
  const wishes = random.whole(1, 4);
  for (let number = 1; number <= wishes; number += 1) {
    yield random.whole(60_000, 500_000);
    const paid = processes.payments.store.all(payments).filter(({ capturedMinor }) => capturedMinor > 0);
    if (paid.length === 0) continue;
    const { orderId, tenant, capturedMinor, lines } = random.pick(paid);
    const line = random.chance(0.5) ? random.pick(lines) : null;
    const wish = { orderId, orderLineId: line?.id ?? null, quantity: 1, amountMinor: random.whole(1, capturedMinor), restock: false };
    const keyed: Keyed = { tenant, actor: 'operator', operation: 'refundPayment', key: `refund-${number}`, input: JSON.stringify(wish) };
    for (let times = random.whole(1, 2); times > 0; times -= 1) {
      const refundId = yield* until(market, processes.payments, () => refundPayment(market, wish, keyed));
      market.note('refund-answer', { tenant, key: keyed.key, orderId, answer: JSON.stringify(refundId) });
    }
  }
}

/** A courier fetches what is packed, and delivers it or brings it back; what it tells comes late, twice and mixed up. */
function* carry(market: Market): Work {
  const { world: { random, timeline }, processes: { shipping, orders: sold } } = market;
  const known = new Set<string>();
  for (;;) {
    yield 45_000;
    if (sold.store.all(orders).length === 0) continue;
    for (const fact of shipping.store.all(partFacts)) {
      for (const { id, status } of fact.parcels) {
        if (known.has(id) || status !== 'BOOKED') continue;
        known.add(id);
        market.outside.run(bring(market, { orderId: fact.orderId, vendorOrderId: fact.id, parcelId: id }, random.whole(1_000, 200_000)));
      }
    }
    if (timeline.nowMs > 2_900_000) return;
  }
}

function* bring(market: Market, { orderId, ...parcel }: { readonly orderId: string; readonly vendorOrderId: string; readonly parcelId: string }, waitMs: number): Work {
  const { world: { random, timeline }, processes, processes: { shipping } } = market;
  const tell = (to: 'PICKED_UP' | 'IN_TRANSIT' | 'DELIVERED' | 'RETURNED', atMs: number): Work<unknown> => until(market, shipping, () => track(market, { ...parcel, to, atMs }));
  yield waitMs;
  // Somebody thinks better of it while the courier is at the door.
  const cart = processes.carts.store.row(carts, processes.orders.store.row(orders, orderId)?.cartId ?? '');
  if (cart && random.chance(0.2)) market.outside.run(cancel(market, cart, orderId, random.whole(0, 100)));
  let state = yield* tell('PICKED_UP', timeline.nowMs);
  for (let tries = 0; state === 'BOOKED' && tries < 100; tries += 1) {
    yield 30_000;
    state = yield* tell('PICKED_UP', timeline.nowMs);
  }
  if (state === 'CANCELLED' || state === 'BOOKED') return;
  const transitMs = timeline.nowMs + 1_000;
  yield random.whole(10_000, 200_000);
  const end = random.chance(0.75) ? 'DELIVERED' : 'RETURNED';
  const endMs = timeline.nowMs;
  if (random.chance(0.5)) market.outside.run(discarded(tell('IN_TRANSIT', transitMs)));
  if (random.chance(0.3)) market.outside.run(discarded(tell(end, endMs)));
  yield* tell(end, endMs);
}

function* discarded(work: Work<unknown>): Work {
  yield* work;
}
