import { describe, expect, it } from 'vitest';
import { isNewForVendor, mergeOrder, type OrdersOnPage, type PlacedOrder } from './merge-order.js';
import { isListed } from './shown-orders.js';

const order = (minute: number, status: PlacedOrder['status'] = 'CONFIRMED', updated = minute): PlacedOrder =>
  ({ id: `vord_${minute}`, status, placedAt: at(minute), updatedAt: at(updated) });
const at = (minute: number): string => `2026-08-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const page = (hasNextPage: boolean, ...orders: readonly PlacedOrder[]): OrdersOnPage<PlacedOrder> => ({ orders, hasNextPage });
const idsOf = (pages: readonly OrdersOnPage<PlacedOrder>[]): string[][] => pages.map(({ orders }) => orders.map(({ id }) => id));
const open = (status: PlacedOrder['status']): boolean => isListed('open', status);

describe('news of an order', () => {
  const two = [page(true, order(9), order(7)), page(true, order(5), order(3))];

  it('put a new one in its place, on whatever page that is', () => {
    expect(idsOf(mergeOrder(two, order(10), open))).toEqual([['vord_10', 'vord_9', 'vord_7'], ['vord_5', 'vord_3']]);
    expect(idsOf(mergeOrder(two, order(4), open))).toEqual([['vord_9', 'vord_7'], ['vord_5', 'vord_4', 'vord_3']]);
  });

  it('leave what belongs behind the last page for when that is asked for, and end a list that has no more', () => {
    expect(mergeOrder(two, order(1), open)).toBe(two);
    expect(idsOf(mergeOrder([page(false, order(5))], order(1), open))).toEqual([['vord_5', 'vord_1']]);
    expect(idsOf(mergeOrder([page(false)], order(1), open))).toEqual([['vord_1']]);
    expect(mergeOrder([], order(1), open)).toEqual([]);
  });

  it('never show an order twice, however often they come', () => {
    const once = mergeOrder(two, order(10), open);
    expect(idsOf(mergeOrder(once, order(10), open))).toEqual(idsOf(once));
  });

  it('take the place of what was known, and not of what is newer', () => {
    const accepted = mergeOrder(two, order(7, 'PROCESSING', 20), open);
    expect(accepted[0]?.orders[1]?.status).toBe('PROCESSING');
    expect(mergeOrder(accepted, order(7, 'CONFIRMED', 7), open)).toBe(accepted);
  });

  it('take away what is not of this list any more, and pass over what never was', () => {
    expect(idsOf(mergeOrder(two, order(7, 'SHIPPED', 20), open))).toEqual([['vord_9'], ['vord_5', 'vord_3']]);
    expect(mergeOrder(two, order(8, 'SHIPPED'), open)).toBe(two);
  });

  it('tell the vendor of what is to do now, and of that once', () => {
    expect([isNewForVendor(undefined, order(1)), isNewForVendor(order(1, 'PENDING_PAYMENT'), order(1)), isNewForVendor(order(1), order(1)), isNewForVendor(undefined, order(1, 'PROCESSING'))]).toEqual([true, true, false, false]);
  });
});
