import { expect, it } from 'vitest';
import { attemptsMax, backOffMs } from './back-off.js';

it('Pauses double from five seconds to an hour, a little longer by chance', () => {
  expect([1, 2, 3, 10, 11, 100].map((n) => backOffMs(n, 0) / 1_000)).toEqual([5, 10, 20, 2_560, 3_600, 3_600]);
  expect(backOffMs(1, 1)).toBe(6_000);
});

it('All of them together are most of a day', () => {
  const allMs = Array.from({ length: attemptsMax - 1 }, (_, n) => backOffMs(n + 1, 0)).reduce((sum, ms) => sum + ms, 0);
  expect(allMs / 3_600_000).toBeGreaterThan(12);
  expect(allMs / 3_600_000).toBeLessThan(24);
});
