import { describe, expect, it } from 'vitest';
import { mayDepart } from './may-depart.js';
import { vendorOrderStates } from './vendor-order-state.js';

const lines = [{ id: 'a', quantity: 3, cancelled: 1 }, { id: 'b', quantity: 1, cancelled: 0 }];
const may = (...packed: readonly [string, number][]) => mayDepart({ status: 'PROCESSING', lines }, packed.map(([orderLineId, quantity]) => ({ orderLineId, quantity })));

describe('a parcel', () => {
  it('leaves with what was not cancelled, and not with one piece more', () => {
    expect([may(['a', 2], ['b', 1]), may(['a', 3]), may(['b', 1]), may(['b', 2])]).toEqual([true, false, true, false]);
  });

  it('that names a line twice is looked at whole, and one with a line of nobody stays', () => {
    expect([may(['a', 1], ['a', 1]), may(['a', 1], ['a', 2]), may(['c', 1])]).toEqual([true, false, false]);
  });

  it('stays where its part is not paid, or is over unsent', () => {
    expect(vendorOrderStates.filter((status) => !mayDepart({ status, lines }, [{ orderLineId: 'b', quantity: 1 }]))).toEqual(['PENDING_PAYMENT', 'CANCELLED', 'EXPIRED']);
  });
});
