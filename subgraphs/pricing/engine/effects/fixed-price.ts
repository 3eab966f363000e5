import type { FixedPrice } from '../effect.js';
import { pieceByPiece } from './piece-by-piece.js';
import { wishing, type EffectOutcome, type Reach } from './wish.js';

/** Each piece costs this, where it costs more. */
export function fixedPrice({ priceMinor }: FixedPrice, reach: Reach): EffectOutcome {
  return wishing(reach.lines.map((line) => {
    const there = line.opened.toThere(priceMinor);
    return pieceByPiece(line, (each) => Math.max(0, each - there));
  }));
}
