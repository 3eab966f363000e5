import { invariant } from './invariant.js';

/**
 * Splits a whole amount by weights, by largest remainder; ties go to the earlier part; a negative amount mirrors the
 * positive one; weights that are all zero count as equal. Holds always: the parts add up to `total`; each differs from its
 * exact share by less than one; where `total` is at most the sum of weights, no part exceeds its weight.
 * Weights are whole and not negative. No weights can only take nothing.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  invariant(Number.isSafeInteger(total), `Expected a whole amount, came ${total}.`);
  invariant(weights.every((w) => Number.isSafeInteger(w) && w >= 0), `Expected whole weights from 0, came ${weights.join(', ')}.`);
  invariant(weights.length > 0 || total === 0, `${total} cannot be split over no parts.`);
  const shares = sharesOf(BigInt(Math.abs(total)), weights.some((w) => w > 0) ? weights : weights.map(() => 1));
  return shares.map((share) => (total < 0 && share > 0n ? -Number(share) : Number(share)));
}

function sharesOf(total: bigint, weights: readonly number[]): bigint[] {
  const sum = weights.reduce((s, w) => s + BigInt(w), 0n);
  const shares = weights.map((w) => (total * BigInt(w)) / sum);
  const remainders = weights.map((w, index) => ({ index, remainder: (total * BigInt(w)) % sum }));
  let left = total - shares.reduce((s, share) => s + share, 0n);
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of remainders) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares;
}
