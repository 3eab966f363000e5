import { describe, expect, it } from 'vitest';
import { amountOfPieces, sharesOfAmount, splitShares } from './refund-parts.js';

describe('what pieces of a line give back', () => {
  it.each([[1_000, 3, [333, 334, 333]], [100, 7, [14, 15, 14, 14, 14, 15, 14]], [1, 2, [1, 0]], [0, 4, [0, 0, 0, 0]]])('of %i for %i pieces is, one after the other, all of it', (totalMinor, quantity, expected) => {
    let line = { totalMinor, quantity, refundedQuantity: 0, refundedMinor: 0 };
    const parts = expected.map(() => {
      const amountMinor = amountOfPieces(line, 1);
      line = { ...line, refundedQuantity: line.refundedQuantity + 1, refundedMinor: line.refundedMinor + amountMinor };
      return amountMinor;
    });
    expect(parts).toEqual(expected);
    expect(line.refundedMinor).toBe(totalMinor);
  });

  it('is never above what the line has left', () => expect(amountOfPieces({ totalMinor: 100, quantity: 2, refundedQuantity: 1, refundedMinor: 100 }, 1)).toBe(0));
});

describe('an amount', () => {
  const shares = [{ id: 'a', vendorId: 'v', capturedMinor: 60, refundReservedMinor: 60 }, { id: 'b', vendorId: 'w', capturedMinor: 30, refundReservedMinor: 0 }, { id: 'c', vendorId: 'x', capturedMinor: 20, refundReservedMinor: 10 }];

  it('is taken of shares by what they have left', () => {
    expect(sharesOfAmount(shares, 8)).toEqual([{ vendorOrderId: 'b', vendorId: 'w', amountMinor: 6 }, { vendorOrderId: 'c', vendorId: 'x', amountMinor: 2 }]);
    expect(sharesOfAmount(shares, 50).map(({ amountMinor }) => amountMinor)).toEqual([30, 10]);
  });

  it('of shares splits where a try has no more', () => {
    const [first, rest] = splitShares([{ vendorOrderId: 'b', vendorId: 'w', amountMinor: 30 }, { vendorOrderId: 'c', vendorId: 'x', amountMinor: 10 }], 35);
    expect([first.map(({ amountMinor }) => amountMinor), rest.map(({ amountMinor }) => amountMinor)]).toEqual([[30, 5], [5]]);
  });
});
