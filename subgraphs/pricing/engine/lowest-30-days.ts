/** What one piece cost everybody for a time. */
export interface PricePeriod {
  readonly amountMinor: number;
  readonly from: Date;
  /** Null is until now. */
  readonly until: Date | null;
}

/** Directive 98/6/EC, article 6a: not shorter than 30 days before the reduction. */
const windowMs = 30 * 24 * 3_600_000;

/**
 * The lowest price of the 30 days before the present reduction, which a shop in the European Union has to name beside it; what
 * was paid for any moment of them counts. Null where the offer had no price then.
 */
export function lowest30Days(history: readonly PricePeriod[], reducedSince: Date): number | null {
  const end = reducedSince.getTime();
  const counted = history.filter(({ from, until }) => {
    const last = until === null ? end : Math.min(until.getTime(), end);
    return last > Math.max(from.getTime(), end - windowMs);
  });
  return counted.length === 0 ? null : Math.min(...counted.map(({ amountMinor }) => amountMinor));
}
