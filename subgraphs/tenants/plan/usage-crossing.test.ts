import { expect, it } from 'vitest';
import { crossing } from './usage-crossing.js';

it.each([
  [0, 7, 10, undefined],
  [7, 8, 10, 80],
  [8, 9, 10, undefined],
  [9, 10, 10, 100],
  [0, 10, 10, 100],
  [10, 11, 10, undefined],
  [10, 7, 10, undefined],
  [0, 1, 1, 100],
  [0, 5, undefined, undefined],
] as const)('from %i to %i of %s tells %s', (before, after, limit, expected) => {
  expect(crossing(before, after, limit)).toBe(expected);
});
