import { combinationsMax, evaluationsMax } from '../limits.js';
import type { OpenedCart } from '../open-cart.js';
import type { PromotionEntry } from '../promotion-entry.js';
import type { WorkingCart } from '../working-cart.js';
import { chooseByGroup, evaluationsOf, type Choice } from './choose-by-group.js';
import { evaluate, payableOf } from './evaluate.js';

/** A way through the promotions, and what came of it. */
export interface Deal extends Choice {
  readonly cart: WorkingCart;
}

/** All promotions by priority, one of each exclusive group. */
export function dealByPriority(opened: OpenedCart, entries: readonly PromotionEntry[]): Deal {
  const choice = chooseByGroup(opened, entries);
  return { ...choice, cart: evaluate(opened, choice.chosen) };
}

/**
 * The cheapest cart among at most `combinationsMax` ways: all by priority first, then without one of those that counted, then without two,
 * and so on, as long as the cart is priced at most `evaluationsMax` times; of equally cheap ones the first. Never dearer than by priority.
 */
export function bestDeal(opened: OpenedCart, entries: readonly PromotionEntry[]): Deal {
  let best = dealByPriority(opened, entries);
  const counted = entries.filter(({ promotion }) => best.cart.applied.some(({ promotionId }) => promotionId === promotion.promotionId));
  if (!best.cart.rejected.some(({ reason }) => reason === 'NOT_COMBINABLE') && best.setAside.length === 0) return best;
  let least = payableOf(best.cart);
  let left = evaluationsMax;
  for (const without of firstSubsets(counted, combinationsMax - 1)) {
    const others = entries.filter((entry) => !without.includes(entry));
    left -= evaluationsOf(others);
    if (left < 0) break;
    const deal = dealByPriority(opened, others);
    if (payableOf(deal.cart) >= least) continue;
    least = payableOf(deal.cart);
    best = { ...deal, setAside: [...deal.setAside, ...without] };
  }
  return best;
}

/** Subsets that are not empty, the small ones first, at most so many. */
function firstSubsets<T>(all: readonly T[], most: number): T[][] {
  const found: T[][] = [];
  let grown: { readonly of: T[]; readonly next: number }[] = [{ of: [], next: 0 }];
  while (grown.length > 0 && found.length < most) {
    grown = grown.flatMap(({ of, next }) => all.slice(next).map((one, index) => ({ of: [...of, one], next: next + index + 1 }))).slice(0, most);
    found.push(...grown.map(({ of }) => of));
  }
  return found.slice(0, most);
}
