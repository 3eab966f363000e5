import type { MoneyFacts } from '@haat/kit/money';
import { checkoutFactsOf } from './checkout-facts.js';
import { findProblems, type FoundProblem } from './find-problems.js';
import type { Gathered, Quote } from './gathered.js';
import { draftOf, type OrderDraft } from './order-draft.js';

/** What becomes of a cart: an order, or what stands in its way. */
export type Decision =
  | { readonly kind: 'ORDER'; readonly draft: OrderDraft; readonly priced: Quote }
  | { readonly kind: 'NOT_READY'; readonly problems: readonly FoundProblem[] }
  | { readonly kind: 'PRICE_CHANGED'; readonly expected: MoneyFacts; readonly actual: MoneyFacts; readonly lines: Quote['lines'] };

/** What the buyer said with the order. */
export interface Wish {
  readonly expectedTotal: MoneyFacts;
  readonly payWith: string;
  readonly note: string | null;
}

/**
 * Decides, purely. What the buyer saw must be what is paid: another total by a single unit is another order, and asked
 * for again.
 */
export function decideOrder(gathered: Gathered, wish: Wish): Decision {
  const { cart, priced, commission, shipping } = gathered;
  // The same as the cart shows: where nothing is in it, nothing else is missing yet.
  const problems = cart.lines.length === 0 ? emptyCart(gathered) : [...findProblems(checkoutFactsOf(gathered, wish.payWith)), ...notByCash(gathered, wish)];
  if (problems.length > 0 || !priced || !commission) return { kind: 'NOT_READY', problems };
  const actual = { minor: priced.totals.totalMinor, currency: cart.currency };
  if (actual.minor !== wish.expectedTotal.minor || actual.currency !== wish.expectedTotal.currency) {
    return { kind: 'PRICE_CHANGED', expected: wish.expectedTotal, actual, lines: priced.lines };
  }
  return { kind: 'ORDER', draft: draftOf({ ...gathered, priced, commission, shipping }, wish), priced };
}

/** A cart with nothing in it. */
export function emptyCart({ cart }: Pick<Gathered, 'cart'>): FoundProblem[] {
  return cart.lines.length > 0 ? [] : [{ code: 'OFFER_UNAVAILABLE', message: 'The cart is empty.', cure: 'Put something into it with addCartLines.' }];
}

/** A chosen way of shipping whose courier takes no money. */
function notByCash({ cart, shipping }: Gathered, { payWith }: Wish): FoundProblem[] {
  if (payWith !== 'CASH_ON_DELIVERY') return [];
  return cart.groups.flatMap(({ groupId, vendorId, shippingMethodId }) => {
    const chosen = shipping.find((one) => one.vendorId === vendorId)?.options.find(({ methodId }) => methodId === shippingMethodId);
    return !chosen || chosen.allowsCashOnDelivery ? [] : [{ code: 'SHIPPING_GONE' as const, groupId, message: `${chosen.name} takes no cash at the door.`, cure: 'Choose another way of shipping, or pay otherwise.' }];
  });
}
