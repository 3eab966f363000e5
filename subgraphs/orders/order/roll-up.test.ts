import { describe, expect, it } from 'vitest';
import { orderStates, rollUp } from './roll-up.js';
import { vendorOrderStates } from './vendor-order-state.js';

describe('an order rolls up from its vendor orders', () => {
  it.each([
    [['CANCELLED', 'CANCELLED'], 'CANCELLED'],
    [['EXPIRED', 'CANCELLED'], 'EXPIRED'],
    [['PENDING_PAYMENT', 'CONFIRMED'], 'PENDING_PAYMENT'],
    [['PENDING_PAYMENT', 'SHIPPED'], 'PENDING_PAYMENT'],
    [['COMPLETED', 'COMPLETED', 'CANCELLED'], 'COMPLETED'],
    [['DELIVERED', 'COMPLETED'], 'DELIVERED'],
    [['SHIPPED', 'PARTIALLY_DELIVERED'], 'SHIPPED'],
    [['SHIPPED', 'DELIVERED'], 'SHIPPED'],
    [['PROCESSING', 'DELIVERED'], 'PARTIALLY_SHIPPED'],
    [['PARTIALLY_SHIPPED', 'CANCELLED'], 'PARTIALLY_SHIPPED'],
    [['CONFIRMED', 'ON_HOLD', 'PROCESSING'], 'CONFIRMED'],
  ] as const)('%j: %s', (parts, whole) => {
    expect(rollUp([...parts])).toBe(whole);
  });

  it('to a state of its own for any two parts, whatever their order', () => {
    for (const a of vendorOrderStates) for (const b of vendorOrderStates) {
      expect(orderStates).toContain(rollUp([a, b]));
      expect(rollUp([a, b])).toBe(rollUp([b, a]));
    }
  });
});
