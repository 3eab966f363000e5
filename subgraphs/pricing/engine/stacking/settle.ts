import { allocate } from '@haat/kit/allocate';
import { roomOf, type Charge } from '../charge.js';
import type { Wish } from '../effects/wish.js';
import { sumOf } from '../minor.js';
import type { Cut } from '../priced-cart.js';
import { spread } from './spread.js';

/** What a promotion may still take, and what stops it. */
export interface Allowance {
  readonly leftMinor: number;
  readonly why: 'MAX_DISCOUNT' | 'BUDGET';
}

/** A wish as far as it is granted. */
export interface Grant {
  readonly wish: Wish;
  readonly parts: readonly { readonly charge: Charge; readonly minor: number }[];
  readonly givenMinor: number;
}

/** A cut, before it is known whose. */
export type CutOf = Omit<Cut, 'promotionId'>;

/** Grants wishes as far as floors and the allowance let it, and says what was cut. */
export function settle(wishes: readonly Wish[], allowance: Allowance | null): { grants: Grant[]; cuts: CutOf[] } {
  const possible = wishes.map((wish) => Math.min(wish.pieceByPiece?.givenMinor ?? wish.wantedMinor, sumOf(wish.from, roomOf)));
  const cuts = wishes.flatMap((wish, index) => cutOf(wish, possible[index] ?? 0));
  const all = sumOf(possible, (minor) => minor);
  const isCut = allowance !== null && allowance.leftMinor < all;
  if (isCut) cuts.push({ lineId: null, vendorId: null, wantedMinor: all, givenMinor: allowance.leftMinor, why: allowance.why });
  const granted = isCut ? allocate(allowance.leftMinor, possible) : possible;
  return { grants: wishes.map((wish, index) => grantOf(wish, granted[index] ?? 0)), cuts };
}

function grantOf(wish: Wish, givenMinor: number): Grant {
  const parts = spread(givenMinor, wish.from, wish.weights);
  return { wish, givenMinor, parts: wish.from.map((charge, index) => ({ charge, minor: parts[index] ?? 0 })).filter(({ minor }) => minor > 0) };
}

function cutOf(wish: Wish, givenMinor: number): CutOf[] {
  if (givenMinor >= wish.wantedMinor) return [];
  const [first, ...others] = wish.from;
  const vendorId = first !== undefined && others.every((other) => other.vendorId === first.vendorId) ? first.vendorId : null;
  const why = wish.from.some(({ floorMinor }) => floorMinor > 0) ? 'VENDOR_FLOOR' : 'NOTHING_LEFT';
  return [{ lineId: others.length === 0 ? first?.lineId ?? null : null, vendorId, wantedMinor: wish.wantedMinor, givenMinor, why }];
}
