import { expect, it } from 'vitest';
import { leftToShip } from './left-to-ship.js';

const lines = [{ id: 'a', quantity: 3 }, { id: 'b', quantity: 1 }];

it('counts what was sent, in however many shipments', () => {
  const shipments = [{ status: 'PICKED_UP', lines: [{ orderLineId: 'a', quantity: 1 }] }, { status: 'DRAFT', lines: [{ orderLineId: 'a', quantity: 1 }, { orderLineId: 'b', quantity: 1 }] }];
  expect([...leftToShip(lines, shipments)]).toEqual([['a', 1]]);
});

it('counts nothing of what was not sent after all', () => {
  expect([...leftToShip(lines, [{ status: 'CANCELLED', lines: [{ orderLineId: 'a', quantity: 3 }] }])]).toEqual([['a', 3], ['b', 1]]);
});
