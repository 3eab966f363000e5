import type { LineCharge } from '../charge.js';
import { exact, times } from '../minor.js';

/** Pieces of one line that cost the same, to pick from. */
export interface PieceRun {
  readonly line: LineCharge;
  readonly pieces: number;
  readonly eachMinor: number;
}

/** All pieces of lines, the cheapest first; ties in the order of the lines. */
export function cheapestFirst(lines: readonly LineCharge[]): PieceRun[] {
  return lines.flatMap((line) => line.runs.map((run) => ({ ...run, line }))).sort((a, b) => a.eachMinor - b.eachMinor);
}

/** The same, the dearest first. */
export function dearestFirst(lines: readonly LineCharge[]): PieceRun[] {
  return lines.flatMap((line) => line.runs.map((run) => ({ ...run, line }))).sort((a, b) => b.eachMinor - a.eachMinor);
}

/** The first so many pieces, of each line at most what `allowance` leaves it. */
export function firstPieces(runs: readonly PieceRun[], count: number, mostOf: (run: PieceRun, wanted: number) => number = (_, wanted) => wanted): PieceRun[] {
  let left = count;
  return runs.flatMap((run) => {
    const pieces = mostOf(run, Math.min(left, run.pieces));
    left -= pieces;
    return pieces > 0 ? [{ ...run, pieces }] : [];
  });
}

/** What pieces are worth, line by line. */
export function worthByLine(runs: readonly PieceRun[], worthOf: (eachMinor: number) => number = (each) => each): Map<LineCharge, number> {
  const worth = new Map<LineCharge, number>();
  for (const { line, pieces, eachMinor } of runs) worth.set(line, exact((worth.get(line) ?? 0) + times(worthOf(eachMinor), pieces)));
  return worth;
}
