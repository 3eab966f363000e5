import type { LineCharge } from '../charge.js';
import type { Tier, Tiered } from '../effect.js';
import { portion, sumOf } from '../minor.js';
import { lacks, type Shortfall } from '../shortfall.js';
import { byScope, type Portion } from './by-scope.js';
import { wishing, type EffectOutcome, type Reach, type Wish } from './wish.js';

/** The more, the cheaper. What is below its first tier gets nothing; the smallest gap is told where nothing is reached at all. */
export function tiered(effect: Tiered, reach: Reach): EffectOutcome {
  const measured = byScope(reach, effect.on).map((of) => ({ of, measure: measureOf(of.lines, effect) }));
  const wishes = measured.flatMap(({ of, measure }) => wishOf(of, tierAt(effect.tiers, measure), reach));
  return wishing(wishes, nearest(effect, measured.map(({ measure }) => measure)));
}

function measureOf(lines: readonly LineCharge[], { by }: Tiered): number {
  return sumOf(lines, (line) => (by === 'QUANTITY' ? line.opened.facts.quantity : line.amountMinor));
}

function tierAt(tiers: readonly Tier[], measure: number): Tier | undefined {
  return tiers.filter(({ from }) => from <= measure).reduce<Tier | undefined>((best, tier) => (best === undefined || tier.from > best.from ? tier : best), undefined);
}

function wishOf({ from }: Portion, tier: Tier | undefined, { rounding }: Reach): Wish[] {
  if (tier === undefined) return [];
  return [{ from, wantedMinor: tier.off === 'AMOUNT' ? tier.amountMinor : portion(sumOf(from, ({ amountMinor }) => amountMinor), tier.ppm, rounding) }];
}

function nearest({ tiers, by }: Tiered, measures: readonly number[]): Shortfall | null {
  const first = Math.min(...tiers.map(({ from }) => from));
  const most = Math.max(...measures);
  if (measures.length === 0 || most >= first) return null;
  return lacks(by === 'QUANTITY' ? { quantity: first - most } : { minor: first - most });
}
