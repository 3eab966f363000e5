import type { Charge, LineCharge } from '../charge.js';
import type { Scope } from '../effect.js';
import type { Reach } from './wish.js';

/** What one effect is given to, and the lines it is measured by: for a delivery, the vendor's. */
export interface Portion {
  readonly from: readonly Charge[];
  readonly lines: readonly LineCharge[];
}

/** The portions of a reach: each line, each vendor's lines, all of them, or each delivery. */
export function byScope(reach: Reach, scope: Scope): Portion[] {
  const { lines, deliveries } = reach;
  if (scope === 'LINE') return lines.map((line) => ({ from: [line], lines: [line] }));
  if (scope === 'GROUP') return vendorsOf(lines).map((group) => ({ from: group, lines: group }));
  if (scope === 'ORDER') return lines.length === 0 ? [] : [{ from: lines, lines }];
  return deliveries.map((delivery) => ({ from: [delivery], lines: reach.meant.filter(({ vendorId }) => vendorId === delivery.vendorId) }));
}

function vendorsOf(lines: readonly LineCharge[]): LineCharge[][] {
  return [...new Set(lines.map(({ vendorId }) => vendorId))].map((vendorId) => lines.filter((line) => line.vendorId === vendorId));
}
