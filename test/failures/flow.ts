import type { CrashShop } from './crash-shop.js';
import type { History } from './history.js';
import type { Passing } from './passing.js';

/** Where flows happen. */
export interface Scene {
  readonly shop: CrashShop;
  readonly history: History;
}

/** Something that a client does with a marketplace which may die at any boundary on the way. */
export interface Flow<S = unknown> {
  readonly name: string;
  /** Fewer boundaries than this mean that marks were lost. */
  readonly boundariesMin: number;
  /** Whether the first time passes other boundaries than those after it, so that the second is listed. */
  readonly isOtherAtFirst?: boolean;
  /** Everything before the part that is looked at. */
  prepare(): Promise<S>;
  /** The part itself: asks again until it has an answer. */
  act(state: S): Promise<unknown>;
  /** Waits until everything that follows has happened. */
  settle(state: S): Promise<void>;
  /** Which passings are part of it. */
  isPart(passing: Passing): boolean;
  /** Time that goes by while the process is dead, for every other boundary; after it is back for the rest. */
  passTime?(state: S): Promise<void>;
}
