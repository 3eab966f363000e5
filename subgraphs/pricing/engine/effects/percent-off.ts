import type { PercentOff } from '../effect.js';
import { portion, sumOf } from '../minor.js';
import { byScope } from './by-scope.js';
import { pieceByPiece } from './piece-by-piece.js';
import { wishing, type EffectOutcome, type Reach } from './wish.js';

/** A percentage off. In the catalogue each piece is rounded by itself, so that the cart agrees with the price on the page. */
export function percentOff({ ppm, on }: PercentOff, reach: Reach): EffectOutcome {
  if (reach.class === 'CATALOGUE') return wishing(reach.lines.map((line) => pieceByPiece(line, (each) => portion(each, ppm, reach.rounding))));
  return wishing(byScope(reach, on).map(({ from }) => ({ from, wantedMinor: portion(sumOf(from, ({ amountMinor }) => amountMinor), ppm, reach.rounding) })));
}
