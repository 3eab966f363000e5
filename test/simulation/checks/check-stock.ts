import type { Market } from '../market/market.js';
import { carts, coupons, levels, orders, partFacts, redemptions, reservations, type LevelRow, type ParcelRow } from '../market/rows.js';
import { sumOf } from './sum-of.js';

/** States of a part whose unsent pieces are its own. */
const owning = ['CONFIRMED', 'ON_HOLD', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'COMPLETED'];

/** Shelves of which more is promised than there is. */
export function oversold(rows: readonly LevelRow[]): string[] {
  return rows.filter(({ onHand, allocated, reserved }) => allocated + reserved > onHand || onHand < 0 || allocated < 0 || reserved < 0)
    .map(({ offerId, warehouseId, onHand, allocated, reserved }) => `S1 ${offerId} in ${warehouseId}: ${onHand} there, ${allocated} allocated, ${reserved} reserved`);
}

/** S1, S2 and S6: pieces on shelves, in orders and in parcels are the same pieces. */
export function checkStock(market: Market): string[] {
  const { inventory } = market.processes;
  const rows = inventory.store.all(levels);
  return [...oversold(rows), ...held(market), ...counted(market, rows), ...sent(market), ...vouchers(market)];
}

/** At rest nothing is on its way to an order. */
function held({ processes: { inventory, carts: keeper }, world: { timeline } }: Market): string[] {
  return [
    ...inventory.store.all(reservations).filter(({ state }) => state === 'HELD').map(({ orderId }) => `S2 ${orderId} still holds stock`),
    ...keeper.store.all(carts).filter(({ state, frozenUntilMs }) => state === 'FROZEN' && frozenUntilMs > timeline.nowMs).map(({ id }) => `S15 ${id} is still frozen`),
  ];
}

function counted({ processes: { shipping, orders: seller }, beginnings }: Market, rows: readonly LevelRow[]): string[] {
  const facts = shipping.store.all(partFacts);
  const lines = seller.store.all(orders).flatMap(({ parts, lines: own }) => own.map((line) => ({ ...line, status: parts.find(({ id }) => id === line.vendorOrderId)?.status ?? '' })));
  const inParcels = (orderLineId: string, wanted: (parcel: ParcelRow) => boolean): number => sumOf(facts.flatMap(({ parcels }) => parcels.filter(wanted)).flatMap((parcel) => parcel.lines).filter((line) => line.orderLineId === orderLineId), ({ quantity }) => quantity);
  return [...new Set(rows.map(({ offerId }) => offerId))].flatMap((offerId) => {
    const own = lines.filter((line) => line.offerId === offerId);
    const there = rows.filter((level) => level.offerId === offerId);
    const gone = sumOf(own, ({ id }) => inParcels(id, ({ shippedAtMs }) => shippedAtMs !== null));
    const back = sumOf(own, ({ id }) => inParcels(id, ({ status }) => status === 'RETURNED'));
    const kept = sumOf(own.filter(({ status }) => owning.includes(status)), ({ id, quantity, cancelled }) => quantity - cancelled - inParcels(id, ({ shippedAtMs, status }) => shippedAtMs !== null && status !== 'RETURNED'));
    const [onHand, allocated, reserved] = [sumOf(there, (level) => level.onHand), sumOf(there, (level) => level.allocated), sumOf(there, (level) => level.reserved)];
    const begun = beginnings.get(offerId) ?? 0;
    return [
      ...(onHand === begun - gone + back ? [] : [`S2 of ${offerId} ${onHand} are there, though ${begun} were, ${gone} went and ${back} came back`]),
      ...(allocated === kept ? [] : [`S2 of ${offerId} ${allocated} are allocated, though orders wait for ${kept}`]),
      ...(reserved === 0 ? [] : [`S2 of ${offerId} ${reserved} are reserved at rest`]),
    ];
  });
}

/** Nothing is sent unpaid, twice, or though it was cancelled; what came back is not with anybody. */
function sent({ processes: { shipping, orders: seller } }: Market): string[] {
  const facts = shipping.store.all(partFacts);
  return seller.store.all(orders).flatMap(({ parts, lines }) => parts.flatMap((part) => {
    const gone = (facts.find(({ id }) => id === part.id)?.parcels ?? []).filter(({ shippedAtMs }) => shippedAtMs !== null);
    const own = lines.filter((line) => line.vendorOrderId === part.id);
    const inThem = (id: string, of: readonly ParcelRow[]): number => sumOf(of.flatMap((parcel) => parcel.lines).filter(({ orderLineId }) => orderLineId === id), ({ quantity }) => quantity);
    const isUnpaid = ['PENDING_PAYMENT', 'EXPIRED'].includes(part.status) && gone.length > 0;
    const tooMany = own.filter(({ id, quantity }) => inThem(id, gone) > quantity);
    const cancelled = own.filter((line) => inThem(line.id, gone.filter(({ status }) => status !== 'RETURNED')) > line.quantity - line.cancelled);
    return [
      ...(isUnpaid ? [`S6 ${part.id} was sent and is ${part.status}`] : []), ...tooMany.map(({ id }) => `S6 of ${id} more was sent than ordered`),
      ...cancelled.map(({ id }) => `S6 of ${id} pieces were sent that were cancelled`),
    ];
  }));
}

/** A coupon is used by the orders that have it, no more and no less. */
function vouchers({ processes: { coupons: keeper, orders: seller }, beginnings }: Market): string[] {
  const taken = [...keeper.store.all(redemptions)].filter(({ state }) => state === 'TAKEN').length;
  const left = keeper.store.row(coupons, 'ONE')?.left ?? 0;
  const users = seller.store.all(orders).filter(({ hasCoupon, parts }) => hasCoupon && parts.some(({ status }) => status !== 'CANCELLED' && status !== 'EXPIRED')).length;
  return [
    ...(taken + left === (beginnings.get('ONE') ?? 0) ? [] : [`S2 a coupon has ${left} left and ${taken} taken`]),
    ...(taken === users ? [] : [`S2 a coupon is taken by ${taken} and used by ${users} orders`]),
  ];
}
