import type { Charge, DeliveryCharge, LineCharge } from '../charge.js';
import type { PromotionClass } from '../promotion.js';
import type { Run } from '../runs.js';
import type { Shortfall } from '../shortfall.js';
import type { Rounding } from '@haat/kit/round-div';

/** What an effect may look at and take from. */
export interface Reach {
  readonly class: PromotionClass;
  readonly rounding: Rounding;
  /** Lines of its target. */
  readonly meant: readonly LineCharge[];
  /** Those of them that no other promotion keeps it from. */
  readonly lines: readonly LineCharge[];
  /** Deliveries of vendors with lines of its target, likewise. */
  readonly deliveries: readonly DeliveryCharge[];
  /** Every line the promotion sees: for effects with several targets. */
  readonly seen: readonly LineCharge[];
  /** Those of them that no other promotion keeps it from. */
  readonly touchable: readonly LineCharge[];
}

/** An amount to take from charges together, before limits. */
export interface Wish {
  readonly from: readonly Charge[];
  readonly wantedMinor: number;
  /** How it is split over them; by what each costs now where absent. */
  readonly weights?: readonly number[];
  /** The line's pieces afterwards, where each is made cheaper by itself and nothing is cut. */
  readonly pieceByPiece?: { readonly line: LineCharge; readonly runs: readonly Run[]; readonly givenMinor: number };
}

/** What an effect would do. */
export interface EffectOutcome {
  readonly wishes: readonly Wish[];
  /** Pieces that should be in the cart for nothing, and are not. */
  readonly gifts: readonly { readonly offerId: string; readonly quantity: number }[];
  /** Why it does less than it could; told where nothing comes of it. */
  readonly shortfall: Shortfall | null;
}

/** An effect that takes. */
export function wishing(wishes: readonly Wish[], shortfall: Shortfall | null = null): EffectOutcome {
  return { wishes: wishes.filter(({ from, wantedMinor }) => from.length > 0 && wantedMinor > 0), gifts: [], shortfall };
}

/** An effect that does nothing, and why. */
export function nothing(shortfall: Shortfall | null = null): EffectOutcome {
  return { wishes: [], gifts: [], shortfall };
}
