import type { LineCharge } from '../charge.js';
import type { Gift } from '../effect.js';
import { sumOf } from '../minor.js';
import { cheapestFirst, firstPieces, worthByLine } from './pieces.js';
import { wishing, type EffectOutcome, type Reach } from './wish.js';

/** Pieces of an offer for nothing: those in the cart cost nothing, the others are told as wanted. */
export function gift({ offerId, quantity }: Gift, { seen, touchable }: Reach): EffectOutcome {
  const isGift = ({ opened }: LineCharge): boolean => opened.facts.offerId === offerId;
  const picked = firstPieces(cheapestFirst(touchable.filter(isGift)), quantity);
  const missing = quantity - sumOf(seen.filter(isGift), ({ opened }) => opened.facts.quantity);
  const outcome = wishing([...worthByLine(picked)].map(([line, wantedMinor]) => ({ from: [line], wantedMinor })));
  return { ...outcome, gifts: missing > 0 ? [{ offerId, quantity: missing }] : [] };
}
