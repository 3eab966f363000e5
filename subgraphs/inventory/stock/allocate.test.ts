import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Shelf } from './allocate.js';

const shelf = (warehouseId: string, offerId: string, available: number, more: Partial<Shelf> = {}): Shelf => ({ warehouseId, offerId, available, priority: 0, serves: true, ...more });
const line = (lineId: string, offerId: string, quantity: number) => ({ lineId, offerId, quantity });

describe('allocate', () => {
  it('takes all from the first warehouse that can give everything', () => {
    const shelves = [shelf('a', 'mug', 9, { priority: 1 }), shelf('a', 'bowl', 0, { priority: 1 }), shelf('b', 'mug', 2, { priority: 2 }), shelf('b', 'bowl', 1, { priority: 2 })];
    expect(allocate([line('1', 'mug', 2), line('2', 'bowl', 1)], shelves)).toEqual({ taken: [{ ...line('1', 'mug', 2), warehouseId: 'b' }, { ...line('2', 'bowl', 1), warehouseId: 'b' }] });
    expect(allocate([line('1', 'mug', 2)], shelves)).toEqual({ taken: [{ ...line('1', 'mug', 2), warehouseId: 'a' }] });
  });

  it('splits into as few parcels as it can, the fullest shelf first', () => {
    const shelves = [shelf('a', 'mug', 3), shelf('b', 'mug', 5), shelf('c', 'mug', 1)];
    expect(allocate([line('1', 'mug', 7)], shelves)).toEqual({ taken: [{ ...line('1', 'mug', 5), warehouseId: 'b' }, { ...line('1', 'mug', 2), warehouseId: 'a' }] });
  });

  it('says of each line how many are left, and counts pieces once for two lines of one offer', () => {
    expect(allocate([line('1', 'mug', 3), line('2', 'mug', 3), line('3', 'bowl', 1)], [shelf('a', 'mug', 4)])).toEqual({
      short: [{ lineId: '2', offerId: 'mug', requested: 3, available: 1 }, { lineId: '3', offerId: 'bowl', requested: 1, available: 0 }],
    });
  });

  it('takes nothing from where the order is not sent from', () => {
    expect(allocate([line('1', 'mug', 1)], [shelf('a', 'mug', 9, { serves: false })])).toMatchObject({ short: [{ available: 0 }] });
  });

  it('gives each line what it wants and takes no shelf below zero, or nothing at all', () => {
    const shelves = fc.array(fc.record({ warehouseId: fc.constantFrom('a', 'b', 'c'), offerId: fc.constantFrom('x', 'y'), available: fc.integer({ min: -3, max: 9 }), priority: fc.integer({ min: 0, max: 2 }), serves: fc.boolean() }), { maxLength: 6 });
    const lines = fc.array(fc.record({ offerId: fc.constantFrom('x', 'y'), quantity: fc.integer({ min: 1, max: 7 }) }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(shelves, lines, (some, wanted) => {
      const own = [...new Map(some.map((one) => [`${one.warehouseId}${one.offerId}`, one])).values()];
      const all = wanted.map((one, at) => ({ ...one, lineId: String(at) }));
      const allocation = allocate(all, own);
      if ('short' in allocation) return allocation.short.length > 0 && allocation.short.every(({ requested, available }) => available < requested);
      for (const { lineId, quantity } of all) expect(allocation.taken.filter((one) => one.lineId === lineId).reduce((sum, one) => sum + one.quantity, 0)).toBe(quantity);
      return own.every(({ warehouseId, offerId, available, serves }) => {
        const taken = allocation.taken.filter((one) => one.warehouseId === warehouseId && one.offerId === offerId).reduce((sum, one) => sum + one.quantity, 0);
        return taken === 0 || (serves && taken <= available);
      });
    }), { numRuns: 2_000 });
  });
});
