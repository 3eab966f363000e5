import { describe, expect, it } from 'vitest';
import { simulate, type Run } from './simulate.js';

/** Runs in the suite. */
const seedsMax = 5_000;

/** One of them alone, to be looked at. */
const only = process.env['HAAT_SEED'];
const seeds = only === undefined ? Array.from({ length: seedsMax }, (_, at) => at + 1) : [Number(only)];

/** A broken run with its steps, and how to see it again. */
function told({ seed, broken }: Run): string {
  return [`Seed ${seed} breaks ${broken.join('; ')}.`, `replay: HAAT_SEED=${seed} npm test -- simulation`, ...simulate(seed, { isTraced: true }).trace].join('\n');
}

describe('a marketplace of the product\'s own rules, with processes that die, news that comes twice or late, and wrong clocks', () => {
  it(`keeps its promises in ${seeds.length} runs`, () => {
    const sums = { orders: 0, deaths: 0, events: 0, parcels: 0 };
    const broken: Run[] = [];
    for (const seed of seeds) {
      const run = simulate(seed);
      if (run.broken.length > 0) broken.push(run);
      for (const name of ['orders', 'deaths', 'events', 'parcels'] as const) sums[name] += run.counts[name];
      if (broken.length >= 5) break;
    }
    const [first] = broken;
    expect(broken.map(({ seed }) => seed), first && told(first)).toEqual([]);
    // A run in which nothing happens proves nothing.
    if (only === undefined) expect(Object.values(sums).every((count) => count > seedsMax)).toBe(true);
  }, 180_000);

  it('takes the same steps from the same seed', () => {
    for (const seed of [1, 77, 4_999]) expect(simulate(seed, { isTraced: true })).toEqual(simulate(seed, { isTraced: true }));
    expect(simulate(1, { isTraced: true }).trace).not.toEqual(simulate(2, { isTraced: true }).trace);
  });
});
