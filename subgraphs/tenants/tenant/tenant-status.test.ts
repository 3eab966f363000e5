import { expect, it } from 'vitest';
import { mayBecome } from './tenant-status.js';

it.each([
  ['OPEN', 'SUSPENDED', true], ['OPEN', 'CLOSED', true], ['OPEN', 'OPEN', false],
  ['SUSPENDED', 'OPEN', true], ['SUSPENDED', 'CLOSED', true], ['SUSPENDED', 'SUSPENDED', false],
  ['CLOSED', 'OPEN', false], ['CLOSED', 'SUSPENDED', false], ['CLOSED', 'CLOSED', false],
] as const)('%s may become %s: %s', (from, to, expected) => {
  expect(mayBecome(from, to)).toBe(expected);
});
