import { describe, expect, it } from 'vitest';
import { empty, filled, pointsNow, waitMs } from './leaky-bucket.js';

describe('a leaky bucket', () => {
  const bucket = { capacity: 100, perSecond: 10 };

  it('leaks evenly down to nothing', () => {
    const level = filled(empty, bucket, 50, 1_000);
    expect([1_000, 2_000, 5_999, 6_000, 60_000].map((now) => pointsNow(level, bucket, now))).toEqual([50, 40, 0.01, 0, 0].map((n) => expect.closeTo(n, 5)));
  });

  it('leaks nothing while a clock is behind', () => {
    const level = filled({ points: 50, at: 9_000 }, bucket, 10, 4_000);
    expect(level).toEqual({ points: 60, at: 9_000 });
  });

  it('says exactly when there is room', () => {
    expect(waitMs(90, 10, bucket)).toBe(0);
    expect(waitMs(90, 11, bucket)).toBe(100);
    expect(waitMs(100, 100, bucket)).toBe(10_000);
  });
});
