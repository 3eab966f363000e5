import { allocate } from '@haat/kit/allocate';
import { invariant } from '@haat/kit/invariant';
import { roomOf, type Charge } from '../charge.js';
import { sum } from '../minor.js';

/**
 * Splits an amount over charges by largest remainder, none below its floor: what a floor keeps back goes to the others, in the same
 * proportion. The amount is at most the room of all together.
 */
export function spread(minor: number, charges: readonly Charge[], weights: readonly number[] = charges.map(({ amountMinor }) => amountMinor)): number[] {
  const given = charges.map(() => 0);
  let left = minor;
  for (let round = 0; left > 0; round++) {
    invariant(round <= charges.length, `${left} of ${minor} have nobody to be taken from.`);
    const open = charges.map((charge, index) => roomOf(charge) - (given[index] ?? 0));
    const shares = allocate(left, sharing(open, weights));
    shares.forEach((share, index) => {
      given[index] = (given[index] ?? 0) + Math.min(share, open[index] ?? 0);
    });
    left = minor - sum(given);
  }
  return given;
}

/** Who takes part, and with what weight: those with room, by their room where none of them has a weight. */
function sharing(open: readonly number[], weights: readonly number[]): number[] {
  const weighted = weights.map((weight, index) => ((open[index] ?? 0) > 0 ? weight : 0));
  return weighted.some((weight) => weight > 0) ? weighted : [...open];
}
