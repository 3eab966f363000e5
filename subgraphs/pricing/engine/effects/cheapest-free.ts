import type { CheapestFree } from '../effect.js';
import { sumOf } from '../minor.js';
import { lacks } from '../shortfall.js';
import { cheapestFirst, firstPieces, worthByLine } from './pieces.js';
import { nothing, wishing, type EffectOutcome, type Reach } from './wish.js';

/** The cheapest pieces for nothing, so many of every so many. */
export function cheapestFree({ pieces, ofEvery, timesMax }: CheapestFree, { lines }: Reach): EffectOutcome {
  const all = sumOf(lines, ({ opened }) => opened.facts.quantity);
  const count = Math.min(Math.floor(all / ofEvery), timesMax ?? Infinity);
  if (count === 0) return nothing(all === 0 ? null : lacks({ quantity: ofEvery - all }));
  const free = firstPieces(cheapestFirst(lines), pieces * count);
  return wishing([...worthByLine(free)].map(([line, wantedMinor]) => ({ from: [line], wantedMinor })));
}
