import { invariant } from './invariant.js';

/** Where a half goes: away from zero, to the even neighbour, or towards zero. */
export type Rounding = 'HALF_UP' | 'HALF_EVEN' | 'HALF_DOWN';

/**
 * Divides whole numbers and rounds to a whole number; no floating point on the way. Symmetric around zero.
 * `n` may be a bigint, since a product of two amounts leaves 2^53 behind; the answer must not, else `InvariantViolation`.
 */
export function roundDiv(n: bigint | number, d: bigint | number, mode: Rounding = 'HALF_UP'): number {
  const [top, bottom] = [whole(n), whole(d)];
  invariant(bottom !== 0n, 'Division by zero.');
  const isNegative = top < 0n !== bottom < 0n;
  const rounded = roundPositive(magnitude(top), magnitude(bottom), mode);
  const answer = Number(isNegative ? -rounded : rounded);
  invariant(Number.isSafeInteger(answer), `${n} / ${d} is beyond ±${Number.MAX_SAFE_INTEGER}.`);
  return answer;
}

function roundPositive(n: bigint, d: bigint, mode: Rounding): bigint {
  const quotient = n / d;
  const twice = (n % d) * 2n;
  if (twice !== d) return twice > d ? quotient + 1n : quotient;
  if (mode === 'HALF_EVEN') return quotient + (quotient & 1n);
  return mode === 'HALF_UP' ? quotient + 1n : quotient;
}

function whole(value: bigint | number): bigint {
  invariant(typeof value === 'bigint' || Number.isSafeInteger(value), `Expected a whole number within ±${Number.MAX_SAFE_INTEGER}, came ${value}.`);
  return BigInt(value);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
