import type { LineCharge } from '../charge.js';
import type { BundlePrice } from '../effect.js';
import { matchesTarget } from '../matches-target.js';
import { exact, sum, times } from '../minor.js';
import { lacks } from '../shortfall.js';
import { dearestFirst, firstPieces, worthByLine, type PieceRun } from './pieces.js';
import { nothing, wishing, type EffectOutcome, type Reach } from './wish.js';

/** Pieces that together cost a price of their own, as often as there are such pieces and they would cost more. */
export function bundlePrice(effect: BundlePrice, { touchable }: Reach): EffectOutcome {
  const worth = new Map<LineCharge, number>();
  let left = dearestFirst(touchable);
  let bundles = 0;
  for (;;) {
    const bundle = oneBundle(effect, left);
    if (bundle === null) break;
    const repeats = Math.min(repeatsOf(bundle, left), (effect.timesMax ?? Infinity) - bundles);
    if (repeats <= 0 || sum(worthByLine(bundle).values()) <= effect.priceMinor) break;
    for (const [line, minor] of worthByLine(bundle)) worth.set(line, exact((worth.get(line) ?? 0) + times(minor, repeats)));
    left = without(left, bundle, repeats);
    bundles += repeats;
  }
  if (bundles === 0) return nothing(oneBundle(effect, left) === null ? gapOf(effect, left) : null);
  const wantedMinor = sum(worth.values()) - times(effect.priceMinor, bundles);
  return wishing([{ from: [...worth.keys()], weights: [...worth.values()], wantedMinor }]);
}

/** The dearest pieces for each item in turn, each piece for one item; null where an item is short of pieces. */
function oneBundle({ items }: BundlePrice, all: readonly PieceRun[]): PieceRun[] | null {
  let left = [...all];
  const bundle: PieceRun[] = [];
  for (const { target, quantity } of items) {
    const picked = firstPieces(left.filter(({ line }) => matchesTarget(line, target)), quantity);
    if (piecesOf(picked) < quantity) return null;
    bundle.push(...picked);
    left = without(left, picked, 1);
  }
  return bundle;
}

/** How often the same pieces can be picked again: each run as often as it has them. */
function repeatsOf(bundle: readonly PieceRun[], left: readonly PieceRun[]): number {
  return Math.min(...left.map((run) => {
    const picked = piecesOf(bundle.filter((of) => isSame(of, run)));
    return picked === 0 ? Infinity : Math.floor(run.pieces / picked);
  }));
}

function without(all: readonly PieceRun[], picked: readonly PieceRun[], repeats: number): PieceRun[] {
  return all
    .map((run) => ({ ...run, pieces: run.pieces - repeats * piecesOf(picked.filter((of) => isSame(of, run))) }))
    .filter(({ pieces }) => pieces > 0);
}

function gapOf({ items }: BundlePrice, all: readonly PieceRun[]): ReturnType<typeof lacks> | null {
  const matched = items.map(({ target, quantity }) => Math.min(quantity, piecesOf(all.filter(({ line }) => matchesTarget(line, target)))));
  const missing = items.reduce((total, { quantity }, index) => total + quantity - (matched[index] ?? 0), 0);
  return matched.every((pieces) => pieces === 0) ? null : lacks({ quantity: Math.max(1, missing) });
}

function piecesOf(runs: readonly PieceRun[]): number {
  return runs.reduce((total, { pieces }) => total + pieces, 0);
}

function isSame(a: PieceRun, b: PieceRun): boolean {
  return a.line === b.line && a.eachMinor === b.eachMinor;
}
