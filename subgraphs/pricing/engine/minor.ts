import { badInput } from '@haat/kit/refusal';
import { roundDiv, type Rounding } from '@haat/kit/round-div';
import { wholePpm } from './limits.js';

/**
 * The number itself, where it is whole and within ±(2^53 − 1); refused with `BAD_USER_INPUT` otherwise, since only quantities and
 * prices that somebody typed can lead there. A sum or product of whole numbers that leaves the range is never rounded back
 * into it, so checking the result is enough.
 */
export function exact(minor: number): number {
  if (Number.isSafeInteger(minor)) return minor === 0 ? 0 : minor;
  throw badInput([{ path: ['lines'], message: `expected amounts within ±${Number.MAX_SAFE_INTEGER} minor units, came ${minor}` }]);
}

/** An amount so many times. */
export function times(minor: number, count: number): number {
  return exact(minor * count);
}

/** Amounts together; none is zero. */
export function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total = exact(total + amount);
  return total;
}

/** What a function says of each, together. */
export function sumOf<T>(all: Iterable<T>, amountOf: (one: T) => number): number {
  let total = 0;
  for (const one of all) total = exact(total + amountOf(one));
  return total;
}

/** So many parts per million of an amount, rounded. */
export function portion(minor: number, ppm: number, mode: Rounding): number {
  return divided(BigInt(minor) * BigInt(ppm), BigInt(wholePpm), mode);
}

/** A quotient, rounded; refused where it is no exact number any more. */
export function divided(n: bigint, d: bigint, mode: Rounding): number {
  exact(Number(n / d));
  return exact(roundDiv(n, d, mode));
}
