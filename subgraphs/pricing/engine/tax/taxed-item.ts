import type { Run } from '../runs.js';
import type { SplitAmount } from './split-tax.js';
import type { TaxSet } from './tax-set.js';

/** Something taxed in one way: a line, a delivery, or the part of a delivery that goes with goods of one kind of taxes. */
export interface TaxedItem {
  /** What is paid for it before taxes on top. */
  readonly amountMinor: number;
  /** Its pieces, where taxes are rounded by the piece. */
  readonly runs: readonly Run[];
  readonly set: TaxSet;
}

/** Items with their taxes, in the order of the items. */
export type ItemTaxes = readonly SplitAmount[];
