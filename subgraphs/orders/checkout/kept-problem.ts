import type { Decision } from './decide-order.js';
import type { FoundProblem } from './find-problems.js';

interface Amount { readonly minor: number; readonly currency: string }

/** Why there is no order, as it is answered and kept: plain data, the same at the tenth call as at the first. */
export type KeptProblem =
  | { readonly __typename: 'CartNotReady'; readonly message: string; readonly problems: readonly FoundProblem[] }
  | { readonly __typename: 'VendorClosed'; readonly message: string; readonly groupIds: readonly string[] }
  | { readonly __typename: 'CouponRejected'; readonly message: string; readonly reason: string; readonly missing: Amount | null }
  | { readonly __typename: 'OutOfStock'; readonly message: string; readonly lines: readonly { readonly cartLineId: string; readonly requested: number; readonly available: number }[] }
  | { readonly __typename: 'PriceChanged'; readonly message: string; readonly expected: Amount; readonly actual: Amount; readonly lines: readonly { readonly cartLineId: string; readonly unitPrice: Amount; readonly total: Amount }[] };

/** Names what stands in the way by the most telling of its problems: everything that a cart lacks is listed together. */
export function problemOf(decision: Exclude<Decision, { kind: 'ORDER' }>): KeptProblem {
  if (decision.kind === 'PRICE_CHANGED') {
    const { expected, actual, lines } = decision;
    const amount = (minor: number): Amount => ({ minor, currency: actual.currency });
    return {
      __typename: 'PriceChanged', message: 'The total is another one now.', expected, actual,
      lines: lines.map(({ lineId, unitPriceMinor, totalMinor }) => ({ cartLineId: lineId, unitPrice: amount(unitPriceMinor), total: amount(totalMinor) })),
    };
  }
  const { problems } = decision;
  const closed = problems.filter(({ code }) => code === 'VENDOR_CLOSED');
  if (closed.length > 0 && closed.length === problems.length) return { __typename: 'VendorClosed', message: closed[0]?.message ?? 'A vendor does not sell now.', groupIds: closed.flatMap(({ groupId }) => groupId ?? []) };
  return { __typename: 'CartNotReady', message: problems[0]?.message ?? 'The cart cannot be ordered yet.', problems };
}
