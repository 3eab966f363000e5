import { sumOf, times } from './minor.js';

/** Pieces of a line that cost the same. */
export interface Run {
  readonly pieces: number;
  readonly eachMinor: number;
}

/** An amount as pieces that differ by at most one minor unit, the dearer first. */
export function runsOf(minor: number, pieces: number): Run[] {
  const dearer = minor % pieces;
  const eachMinor = (minor - dearer) / pieces;
  return [{ pieces: dearer, eachMinor: eachMinor + 1 }, { pieces: pieces - dearer, eachMinor }].filter((run) => run.pieces > 0);
}

/** What runs cost together. */
export function worthOf(runs: readonly Run[]): number {
  return sumOf(runs, ({ pieces, eachMinor }) => times(eachMinor, pieces));
}
