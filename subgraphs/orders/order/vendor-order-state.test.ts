import { describe, expect, it } from 'vitest';
import { isFinal, moved, moveOfPieces, moves, vendorOrderStates, type PiecesFacts } from './vendor-order-state.js';

const none: PiecesFacts = { kept: 3, shipped: 0, delivered: 0 };
const some: PiecesFacts = { kept: 3, shipped: 2, delivered: 0 };
const all: PiecesFacts = { kept: 3, shipped: 3, delivered: 0 };

describe('the moves of a vendor order', () => {
  it('begin at PENDING_PAYMENT and reach every state', () => {
    const reached = new Set(['PENDING_PAYMENT']);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const { from, to } of moves) if (from.some((state) => reached.has(state))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...vendorOrderStates].sort());
  });

  it('end at COMPLETED and CANCELLED', () => {
    expect(vendorOrderStates.filter(isFinal)).toEqual(['COMPLETED', 'CANCELLED']);
  });

  it('are one for each name and state, so that a name and a state say where it leads', () => {
    for (const state of vendorOrderStates) {
      const names = moves.filter(({ from }) => from.includes(state)).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('are only for those who may', () => {
    expect(moved('CONFIRMED', 'accept', 'VENDOR', none)).toBe('PROCESSING');
    expect(moved('CONFIRMED', 'accept', 'BUYER', none)).toBeUndefined();
    expect(moved('PENDING_PAYMENT', 'confirm', 'OPERATOR', none)).toBeUndefined();
    expect(moved('PENDING_PAYMENT', 'accept', 'VENDOR', none)).toBeUndefined();
  });

  it('cancel nothing that was sent, and take back nothing that was handed over', () => {
    expect(moved('PROCESSING', 'cancel', 'BUYER', none)).toBe('CANCELLED');
    expect(moved('PROCESSING', 'cancel', 'BUYER', some)).toBeUndefined();
    expect(moved('SHIPPED', 'takeBack', 'SYSTEM', { kept: 0, shipped: 0, delivered: 0 })).toBe('CANCELLED');
    expect(moved('SHIPPED', 'takeBack', 'SYSTEM', { ...all, delivered: 1 })).toBeUndefined();
  });

  it('follow what became of the pieces', () => {
    expect(moveOfPieces('PROCESSING', none)).toBeUndefined();
    expect(moveOfPieces('PROCESSING', some)).toBe('shipPart');
    expect(moveOfPieces('PARTIALLY_SHIPPED', some)).toBeUndefined();
    expect(moveOfPieces('PARTIALLY_SHIPPED', all)).toBe('ship');
    expect(moveOfPieces('SHIPPED', { ...all, delivered: 1 })).toBe('deliverPart');
    expect(moveOfPieces('PARTIALLY_DELIVERED', { ...all, delivered: 3 })).toBe('deliver');
    expect(moveOfPieces('DELIVERED', { ...all, delivered: 3 })).toBeUndefined();
  });

  it('confirm an expired one that was paid late', () => {
    expect(moved('EXPIRED', 'confirmLate', 'SYSTEM', none)).toBe('CONFIRMED');
    expect(moved('EXPIRED', 'confirm', 'SYSTEM', none)).toBeUndefined();
  });
});
