import { describe, expect, it } from 'vitest';
import { allParts, type MarketParts } from './market/market-parts.js';
import { mutations } from './mutations.js';
import { simulate } from './simulate.js';

/** The first seed of a range that breaks what it should; undefined where none does. */
function firstSeed(parts: MarketParts, breaks: RegExp, seedMax: number): number | undefined {
  for (let seed = 1; seed <= seedMax; seed += 1) if (simulate(seed, { parts }).broken.some((wrong) => breaks.test(wrong))) return seed;
  return undefined;
}

describe('the simulator', () => {
  it.each(mutations)('finds $name first with seed $seed', ({ parts, seed, breaks }) => {
    expect(firstSeed({ ...allParts, ...parts }, breaks, seed)).toBe(seed);
    expect(simulate(seed).broken).toEqual([]);
  });
});
