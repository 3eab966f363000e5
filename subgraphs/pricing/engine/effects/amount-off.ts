import type { AmountOff } from '../effect.js';
import { byScope } from './by-scope.js';
import { pieceByPiece } from './piece-by-piece.js';
import { wishing, type EffectOutcome, type Reach } from './wish.js';

/** An amount off each piece, or each of what its scope says. */
export function amountOff({ amountMinor, on }: AmountOff, reach: Reach): EffectOutcome {
  if (on === 'PIECE') return wishing(reach.lines.map((line) => pieceByPiece(line, () => amountMinor)));
  return wishing(byScope(reach, on).map(({ from }) => ({ from, wantedMinor: amountMinor })));
}
