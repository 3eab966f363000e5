import type { LineCharge } from '../charge.js';
import type { BuyXGetY } from '../effect.js';
import { matchesTarget } from '../matches-target.js';
import { portion, sumOf } from '../minor.js';
import { lacks } from '../shortfall.js';
import { cheapestFirst, firstPieces, worthByLine } from './pieces.js';
import { nothing, wishing, type EffectOutcome, type Reach } from './wish.js';

/** Pieces that can be bought only, got only, or either; no piece is both. */
interface Pools {
  readonly bought: number;
  readonly got: number;
  readonly either: number;
}

/** So many pieces cheaper for so many others that are bought at their price. */
export function buyXGetY(effect: BuyXGetY, { seen, touchable, rounding }: Reach): EffectOutcome {
  const buyable = new Set(seen.filter((line) => matchesTarget(line, effect.buy.target)));
  const gettable = touchable.filter((line) => matchesTarget(line, effect.get.target));
  const pools = poolsOf(buyable, gettable);
  const count = timesOf(effect, pools);
  if (count === 0) return nothing(buyable.size === 0 ? null : lacks({ quantity: neededFor(1, effect, pools) - pools.either }));
  let ofEither = pools.either - Math.max(0, effect.buy.quantity * count - pools.bought);
  const picked = firstPieces(cheapestFirst(gettable), effect.get.quantity * count, ({ line }, wanted) => {
    if (!buyable.has(line)) return wanted;
    const pieces = Math.min(wanted, ofEither);
    ofEither -= pieces;
    return pieces;
  });
  const worth = worthByLine(picked, (each) => portion(each, effect.ppm, rounding));
  return wishing([...worth].map(([line, wantedMinor]) => ({ from: [line], wantedMinor })));
}

function poolsOf(buyable: ReadonlySet<LineCharge>, gettable: readonly LineCharge[]): Pools {
  const count = (lines: readonly LineCharge[]): number => sumOf(lines, ({ opened }) => opened.facts.quantity);
  const either = count(gettable.filter((line) => buyable.has(line)));
  return { either, got: count(gettable) - either, bought: count([...buyable]) - either };
}

/** The most times that both sides have enough pieces for. */
function timesOf(effect: BuyXGetY, pools: Pools): number {
  const all = pools.bought + pools.got + pools.either;
  let [least, most] = [0, Math.min(Math.floor(all / (effect.buy.quantity + effect.get.quantity)), effect.timesMax ?? Infinity)];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (neededFor(middle, effect, pools) <= pools.either) least = middle;
    else most = middle - 1;
  }
  return least;
}

/** Pieces that must come from those that can be either. */
function neededFor(count: number, { buy, get }: BuyXGetY, pools: Pools): number {
  return Math.max(0, buy.quantity * count - pools.bought) + Math.max(0, get.quantity * count - pools.got);
}
