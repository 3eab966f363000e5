import type { PriceConditions, PriceFact } from '../price-fact.js';
import type { PricingBuyer } from '../pricing-input.js';
import { isWithin } from '../time-window.js';

/** What a price is asked for. */
export interface PriceQuestion {
  readonly offerId: string;
  readonly currency: string;
  /** Pieces of the offer in the whole cart, so that a tier is not lost by splitting a line. */
  readonly quantity: number;
  readonly channel: string | null;
  readonly buyer: PricingBuyer;
  readonly country: string;
  readonly now: Date;
}

/** The price that counts: highest list, most conditions, lowest amount, least id. Undefined where none holds. */
export function selectPrice(facts: readonly PriceFact[], question: PriceQuestion): PriceFact | undefined {
  return facts.filter((fact) => holds(fact, question)).sort(byRank)[0];
}

/** The offer's own price for one piece: no list, no tier. */
export function ownPrice(facts: readonly PriceFact[], question: PriceQuestion): PriceFact | undefined {
  return selectPrice(facts.filter(({ list, minQuantity }) => list === null && minQuantity <= 1), question);
}

function holds(fact: PriceFact, question: PriceQuestion): boolean {
  return fact.offerId === question.offerId && fact.currency === question.currency && fact.minQuantity <= question.quantity
    && isWithin(fact, question.now)
    && (fact.list === null || (isWithin(fact.list, question.now) && isFor(fact.list.conditions, question)));
}

function isFor(conditions: PriceConditions, { channel, buyer, country }: PriceQuestion): boolean {
  return allows(conditions.channels, channel) && allows(conditions.companyIds, buyer.companyId) && allows(conditions.buyerKinds, buyer.kind)
    && allows(conditions.countries, country)
    && (conditions.groups.length === 0 || conditions.groups.some((group) => buyer.groups.includes(group)));
}

function allows<T>(values: readonly T[], value: T | null): boolean {
  return values.length === 0 || (value !== null && values.includes(value));
}

function byRank(a: PriceFact, b: PriceFact): number {
  if (a.list === null || b.list === null) {
    if (a.list !== b.list) return a.list === null ? 1 : -1;
  } else if (a.list.priority !== b.list.priority) {
    return b.list.priority - a.list.priority;
  }
  return specificity(b) - specificity(a) || a.amountMinor - b.amountMinor || (a.priceId < b.priceId ? -1 : 1);
}

function specificity({ list, minQuantity }: PriceFact): number {
  const named = list === null ? [] : Object.values(list.conditions).filter((values: readonly string[]) => values.length > 0);
  return named.length + (minQuantity > 1 ? 1 : 0);
}
