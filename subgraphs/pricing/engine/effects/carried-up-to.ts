import type { Effect } from '../effect.js';
import { wholePpm } from '../limits.js';

/**
 * A price of one piece up to which effects of the catalogue take no more than so much, all together: what is left of a budget carries them. Rather too
 * low than too high.
 */
export function carriedUpTo(leftMinor: number, effects: readonly Effect[]): number {
  const eachMinor = Math.floor(leftMinor / effects.length);
  return Math.min(...effects.map((effect) => Math.max(eachMinor, ofOne(effect, eachMinor))));
}

/** None takes more than the price itself, which is said by the caller. */
function ofOne(effect: Effect, minor: number): number {
  switch (effect.kind) {
    case 'PERCENT_OFF': return Math.min(Number.MAX_SAFE_INTEGER, Math.floor((minor / effect.ppm) * wholePpm));
    case 'AMOUNT_OFF': return effect.amountMinor <= minor ? Number.MAX_SAFE_INTEGER : 0;
    case 'FIXED_PRICE': return minor + effect.priceMinor;
    default: return 0;
  }
}
