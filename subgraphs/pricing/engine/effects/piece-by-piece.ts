import type { LineCharge } from '../charge.js';
import { worthOf, type Run } from '../runs.js';
import type { Wish } from './wish.js';

/**
 * Makes each piece of a line cheaper by itself, but none cheaper than the vendor's floor. What is wanted is told and never paid, so it may
 * end at the largest number there is.
 */
export function pieceByPiece(line: LineCharge, offEach: (eachMinor: number) => number, pieces = Infinity): Wish {
  const { floorEachMinor } = line.opened;
  let left = pieces;
  let wantedMinor = 0;
  const runs: Run[] = [];
  for (const run of line.runs) {
    const taken = Math.min(left, run.pieces);
    const wanted = offEach(run.eachMinor);
    const given = Math.min(wanted, Math.max(0, run.eachMinor - floorEachMinor));
    left -= taken;
    wantedMinor = Math.min(Number.MAX_SAFE_INTEGER, wantedMinor + wanted * taken);
    runs.push({ pieces: taken, eachMinor: run.eachMinor - given }, { pieces: run.pieces - taken, eachMinor: run.eachMinor });
  }
  const after = runs.filter((run) => run.pieces > 0);
  return { from: [line], wantedMinor, pieceByPiece: { line, runs: after, givenMinor: line.amountMinor - worthOf(after) } };
}
