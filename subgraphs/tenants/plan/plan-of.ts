import { Plan } from './plan.js';
import { planTerms } from './plans.js';

/** A plan as clients see it. Null only for a key that is no plan's any more. */
export function planOf(key: string): Plan | null {
  const terms = planTerms(key);
  if (!terms) return null;
  const limits = Object.entries(terms.limits).map(([meter, limit]) => ({ meter, limit }));
  return Object.assign(new Plan(), { ...terms, limits, features: [...terms.features] });
}
