import type { Condition } from '../condition.js';
import { cannot, together, type Shortfall } from '../shortfall.js';
import { checkBudget, checkBuyer, checkChannel, checkCountry, checkCurrency, checkPayment, checkShippingMethod } from './buyer-and-way.js';
import { checkCartQuantity } from './cart-quantity.js';
import { checkCartValue } from './cart-value.js';
import type { ConditionView } from './condition-view.js';
import { checkGoods } from './goods.js';
import { checkNthOrder } from './nth-order.js';
import { checkTime } from './time-of-week.js';

/** Why a promotion does not count on what it sees; null where everything holds. */
export function checkConditions(view: ConditionView): Shortfall | null {
  const { promotion, budget } = view.entry;
  const { currency } = view.input;
  if (promotion.currency !== null && promotion.currency !== currency) return cannot('NOT_ELIGIBLE', 'CURRENCY');
  if (budget !== null && budget.currency !== currency) return cannot('NOT_ELIGIBLE', 'CURRENCY');
  if (budget !== null && budget.leftMinor <= 0) return cannot('BUDGET_SPENT', 'BUDGET');
  const earning = withoutGifts(view);
  return together(promotion.conditions.map((condition) => check(condition, earning)).filter((shortfall) => shortfall !== null));
}

/** Nobody earns a gift by buying it. */
function withoutGifts(view: ConditionView): ConditionView {
  const gifts = view.entry.promotion.effects.flatMap((effect) => (effect.kind === 'GIFT' ? [effect.offerId] : []));
  return gifts.length === 0 ? view : { ...view, lines: view.lines.filter(({ opened }) => !gifts.includes(opened.facts.offerId)) };
}

function check(condition: Condition, view: ConditionView): Shortfall | null {
  switch (condition.kind) {
    case 'CART_VALUE': return checkCartValue(condition, view);
    case 'CART_QUANTITY': return checkCartQuantity(condition, view);
    case 'PRODUCT': case 'CATEGORY': case 'ATTRIBUTE': case 'VENDOR': return checkGoods(condition, view);
    case 'NTH_ORDER': return checkNthOrder(condition, view);
    case 'COUNTRY': return checkCountry(condition, view);
    case 'TIME': return checkTime(condition, view);
    case 'COUPON': return view.entry.coupon === null ? cannot('NOT_ELIGIBLE', 'COUPON') : null;
    case 'BUDGET': return checkBudget(condition, view);
    case 'CURRENCY': return checkCurrency(condition, view);
    case 'BUYER': return checkBuyer(condition, view);
    case 'CHANNEL': return checkChannel(condition, view);
    case 'PAYMENT': return checkPayment(condition, view);
    case 'SHIPPING_METHOD': return checkShippingMethod(condition, view);
  }
}
