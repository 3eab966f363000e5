import type { ConditionKind } from './condition.js';
import type { RejectedPromotion, RejectedReason } from './priced-cart.js';

/** Why a promotion gives nothing, and what would help. */
export type Shortfall = Pick<RejectedPromotion, 'reason' | 'condition' | 'missingMinor' | 'missingQuantity'>;

/** Nothing that is bought would help. */
export function cannot(reason: RejectedReason, condition: ConditionKind | null = null): Shortfall {
  return { reason, condition, missingMinor: null, missingQuantity: null };
}

/** So much more is needed, in money, pieces or both. */
export function lacks(gap: { readonly minor?: number | null; readonly quantity?: number | null }, condition: ConditionKind | null = null): Shortfall {
  return { reason: 'BELOW_MINIMUM', condition, missingMinor: gap.minor ?? null, missingQuantity: gap.quantity ?? null };
}

/**
 * Several shortfalls as one. What cannot be helped by buying is told first, since it would be idle to ask for more goods then, and what cannot be
 * helped by choosing before that; gaps are told together, the largest of each.
 */
export function together(all: readonly Shortfall[]): Shortfall | null {
  const [first] = all;
  if (first === undefined) return null;
  const hopeless = all.filter(({ missingMinor, missingQuantity }) => missingMinor === null && missingQuantity === null);
  const [unhelped] = [...hopeless.filter(({ condition }) => condition !== 'SHIPPING_METHOD' && condition !== 'PAYMENT'), ...hopeless];
  if (unhelped !== undefined) return unhelped;
  const unmatched = all.find(({ reason }) => reason === 'NO_MATCHING_GOODS');
  return { ...(unmatched ?? first), missingMinor: most(all.map((one) => one.missingMinor)), missingQuantity: most(all.map((one) => one.missingQuantity)) };
}

function most(gaps: readonly (number | null)[]): number | null {
  const known = gaps.filter((gap) => gap !== null);
  return known.length === 0 ? null : Math.max(...known);
}
