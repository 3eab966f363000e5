import type { BudgetCondition, BuyerCondition, ChannelCondition, CountryCondition, CurrencyCondition, PaymentCondition, ShippingMethodCondition } from '../condition.js';
import { isSameRegion } from '../comparable-place.js';
import { cannot, type Shortfall } from '../shortfall.js';
import type { ConditionView } from './condition-view.js';

/** It goes to the right country, and region. */
export function checkCountry({ countries, regions }: CountryCondition, { input: { destination } }: ConditionView): Shortfall | null {
  const isThere = countries.includes(destination.country) && (regions.length === 0 || isSameRegion(regions, destination));
  return isThere ? null : cannot('NOT_ELIGIBLE', 'COUNTRY');
}

/** Enough is left of the budget. */
export function checkBudget({ minLeftMinor }: BudgetCondition, { entry: { budget } }: ConditionView): Shortfall | null {
  return budget !== null && budget.leftMinor >= minLeftMinor ? null : cannot('BUDGET_SPENT', 'BUDGET');
}

/** The cart is in the right currency. */
export function checkCurrency({ currencies }: CurrencyCondition, { input }: ConditionView): Shortfall | null {
  return currencies.includes(input.currency) ? null : cannot('NOT_ELIGIBLE', 'CURRENCY');
}

/** The right kind of buyer, in the right group. */
export function checkBuyer({ kinds, groups }: BuyerCondition, { input: { buyer } }: ConditionView): Shortfall | null {
  const isMeant = (kinds.length === 0 || kinds.includes(buyer.kind)) && (groups.length === 0 || groups.some((group) => buyer.groups.includes(group)));
  return isMeant ? null : cannot('NOT_ELIGIBLE', 'BUYER');
}

/** The cart came by the right channel. */
export function checkChannel({ channels }: ChannelCondition, { input: { channel } }: ConditionView): Shortfall | null {
  return channel !== null && channels.includes(channel) ? null : cannot('NOT_ELIGIBLE', 'CHANNEL');
}

/** It is paid in the right way. */
export function checkPayment({ choices }: PaymentCondition, { input: { paymentChoice } }: ConditionView): Shortfall | null {
  return paymentChoice !== null && choices.includes(paymentChoice) ? null : cannot('NOT_ELIGIBLE', 'PAYMENT');
}

/** A delivery is by the right method. */
export function checkShippingMethod({ methodIds }: ShippingMethodCondition, { deliveries }: ConditionView): Shortfall | null {
  const isChosen = deliveries.some(({ opened }) => opened.methodId !== null && methodIds.includes(opened.methodId));
  return isChosen ? null : cannot('NOT_ELIGIBLE', 'SHIPPING_METHOD');
}
