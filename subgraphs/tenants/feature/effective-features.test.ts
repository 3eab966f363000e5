import { describe, expect, it } from 'vitest';
import { effectiveFeatures } from './effective-features.js';

const keysOn = (features: ReturnType<typeof effectiveFeatures>) => features.filter((f) => f.isEnabled).map((f) => f.key);

describe('effective features', () => {
  it('are those of the plan when nothing else is said', () => {
    expect(effectiveFeatures('ten_a', ['reviews'], [], [])).toEqual([{ key: 'reviews', isEnabled: true, source: 'PLAN' }]);
  });

  it('follow the tenant over the plan, both ways', () => {
    const overrides = [{ key: 'reviews', isEnabled: false }, { key: 'chat', isEnabled: true }];
    expect(keysOn(effectiveFeatures('ten_a', ['reviews'], overrides, []))).toEqual(['chat']);
  });

  it('follow a rollout over everything, for the tenants it has reached', () => {
    const off = [{ key: 'chat', isEnabled: false }];
    expect(keysOn(effectiveFeatures('ten_a', [], off, [{ key: 'chat', percent: 100 }]))).toEqual(['chat']);
    expect(keysOn(effectiveFeatures('ten_a', [], off, [{ key: 'chat', percent: 0 }]))).toEqual([]);
  });

  it('reach about the share of tenants that the rollout says, and keep those reached as it grows', () => {
    const tenants = Array.from({ length: 2_000 }, (_, i) => `ten_${i}`);
    const reached = (percent: number) => tenants.filter((t) => keysOn(effectiveFeatures(t, [], [], [{ key: 'chat', percent }])).length > 0);
    expect(reached(30).length).toBeGreaterThan(500);
    expect(reached(30).length).toBeLessThan(700);
    expect(reached(60)).toEqual(expect.arrayContaining(reached(30)));
  });
});
