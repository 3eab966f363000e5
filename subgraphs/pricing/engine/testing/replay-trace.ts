import type { TraceRow } from '../priced-cart.js';

/** What a trace comes to: amounts of lines, of vendors' deliveries, of vendors, and of all. */
export interface ReplayedTrace {
  readonly lines: ReadonlyMap<string, number>;
  readonly deliveries: ReadonlyMap<string, number>;
  readonly vendors: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Goes through a trace row by row. Throws where a row does not begin where the one before it ended. */
export function replayTrace(rows: readonly TraceRow[]): ReplayedTrace {
  const [lines, deliveries, vendors, all] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (const { step, lineId, vendorId, beforeMinor, afterMinor } of rows) {
    const isTotal = step === 'TOTAL';
    const kept = isTotal ? (vendorId === null ? all : vendors) : lineId === null ? deliveries : lines;
    const key = lineId ?? vendorId ?? '';
    const before = kept.get(key) ?? 0;
    if (before !== beforeMinor) throw new Error(`${step} of ${key} begins at ${beforeMinor}, the row before it ended at ${before}.`);
    kept.set(key, afterMinor);
  }
  return { lines, deliveries, vendors, total: all.get('') ?? 0 };
}
