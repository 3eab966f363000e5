import { redrive } from './engine/inbox.js';
import { World } from './engine/world.js';
import { checkAll, watch } from './checks/check-all.js';
import { hearOrders } from './market/carts.js';
import { endLeftCheckouts } from './market/checkout.js';
import { openShop } from './market/clients.js';
import { Market } from './market/market.js';
import { allParts, type MarketParts } from './market/market-parts.js';
import { acceptDueParts, hearMoneyAndParcels, reviveOrders, sayAgain } from './market/order-life.js';
import { advanceAttempts, expirePayments, hearPlaced, recordNews } from './market/payments.js';
import { advanceRefunds, hearCancelled } from './market/refunds.js';
import { coupons, levels } from './market/rows.js';
import { hearParts } from './market/shipping.js';
import { expireHolds, hearSales } from './market/stock.js';

/** When the faults end, and when all must have come to rest; in virtual milliseconds. */
const [healMs, restMs] = [1_500_000, 3_600_000];

/** How a run came out. */
export interface Run {
  readonly seed: number;
  /** What does not hold, each with the invariant it breaks. */
  readonly broken: readonly string[];
  /** Every step, where it was asked for. */
  readonly trace: readonly string[];
  /** What there was of it, so that a run in which nothing happens is seen. */
  readonly counts: { readonly orders: number; readonly deaths: number; readonly events: number; readonly parcels: number };
}

/** Runs a marketplace of the model from one seed, with its faults, until it is at rest; and looks whether anything broke. */
export function simulate(seed: number, { parts = allParts, isTraced = false }: { readonly parts?: MarketParts; readonly isTraced?: boolean } = {}): Run {
  const world = new World<MarketParts>(seed, parts, isTraced);
  const market = new Market(world);
  stock(market);
  hearOrders(market);
  hearSales(market);
  hearMoneyAndParcels(market);
  hearPlaced(market);
  hearCancelled(market);
  hearParts(market);
  watch(market);
  market.open();
  beginJobs(market);
  market.provider.onNews = (news) => market.processes.payments.isUp && market.processes.payments.run(recordNews(market, news));
  openShop(market);
  breakThings(market);
  world.timeline.runUntil(healMs);
  heal(market);
  world.timeline.runUntil(restMs);
  const { orders, shipping } = market.processes;
  return {
    seed, broken: [...world.wrongs, ...checkAll(market)], trace: world.trace,
    counts: { orders: orders.store.outbox.filter(({ event }) => event.type === 'order-placed').length, deaths: world.deaths, events: orders.store.outbox.length, parcels: shipping.store.outbox.filter(({ event }) => event.type === 'parcel-shipped').length },
  };
}

function stock({ processes: { inventory, coupons: vouchers }, world: { random }, beginnings }: Market): void {
  for (const offerId of ['mug', 'lamp', 'rug']) {
    for (const [priority, warehouseId] of ['north', 'south'].entries()) {
      const onHand = random.whole(0, 3);
      beginnings.set(offerId, (beginnings.get(offerId) ?? 0) + onHand);
      inventory.store.put(levels, `${offerId} ${warehouseId}`, { offerId, warehouseId, priority, onHand, allocated: 0, reserved: 0 });
    }
  }
  const left = random.whole(0, 2);
  beginnings.set('ONE', left);
  vouchers.store.put(coupons, 'ONE', { left });
}

function beginJobs(market: Market): void {
  const { orders, payments, inventory } = market.processes;
  orders.every(30_000, () => endLeftCheckouts(market));
  orders.every(25_000, () => reviveOrders(market));
  orders.every(45_000, () => acceptDueParts(market));
  payments.every(30_000, () => advanceAttempts(market));
  payments.every(40_000, () => expirePayments(market));
  payments.every(35_000, () => advanceRefunds(market));
  inventory.every(45_000, () => expireHolds(market));
}

/** Faults that come by the clock. */
function breakThings(market: Market): void {
  const { world, world: { random, timeline, weather, broker }, processes: { orders } } = market;
  for (let time = 1; time <= weather.brokerRestarts; time += 1) {
    timeline.after(random.whole(30_000, healMs - 60_000), () => !world.isHealed && broker.isUp && broker.restart(weather.brokerForgets && time === 1));
  }
  if (random.chance(0.3)) timeline.after(random.whole(300_000, healMs), () => orders.isUp && orders.run(sayAgain(market)));
}

/** No faults any more: clocks are right, and somebody works off the dead letters. */
function heal(market: Market): void {
  const { world, processes } = market;
  world.isHealed = true;
  world.note(() => 'everything is mended');
  for (const [name, process] of Object.entries(processes)) {
    process.skewMs = 0;
    for (let time = 1; time <= 4; time += 1) world.timeline.after(60_000 * time, () => process.run(redrive(process, market.consumers[name as keyof typeof processes])));
  }
}
