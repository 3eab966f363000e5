import { allocate } from '@haat/kit/allocate';
import type { Rounding } from '@haat/kit/round-div';
import { portion, sum, sumOf } from '../minor.js';
import { splitTax, taxableOf, withBases, type SplitAmount, type TaxAmount, type TaxStyle } from './split-tax.js';
import type { SetTax } from './tax-set.js';
import type { ItemTaxes, TaxedItem } from './taxed-item.js';

/** Each tax once over all items that have it, split back to them by largest remainder. Items are of one vendor: one invoice. */
export function taxByRateGroup(items: readonly TaxedItem[], { included, rounding }: TaxStyle): ItemTaxes {
  return included ? takenOut(items, rounding) : putOnTop(items, rounding);
}

/** Tax by tax in their order, so that one may be taken of those before it. */
function putOnTop(items: readonly TaxedItem[], rounding: Rounding): ItemTaxes {
  const found: TaxAmount[][] = items.map(() => []);
  for (const [key, tax] of taxesInOrder(items)) {
    const having = items.flatMap((item, index) => (item.set.taxes.some((other) => keyOf(other) === key) ? [index] : []));
    const bases = having.map((index) => taxableOf(tax, { netMinor: items[index]?.amountMinor ?? 0, taxesBeforeMinor: sumOf(found[index] ?? [], (one) => one.amountMinor) }, rounding));
    const parts = allocate(portion(sum(bases), tax.ratePpm, rounding), bases);
    having.forEach((index, at) => found[index]?.push({ baseMinor: bases[at] ?? 0, amountMinor: parts[at] ?? 0 }));
  }
  return items.map(({ amountMinor }, index) => ({ netMinor: amountMinor, taxes: found[index] ?? [] }));
}

/** Positions order the taxes of an item as they order those of all, so that what is pushed stands as in the item's set. */
function taxesInOrder(items: readonly TaxedItem[]): [string, SetTax][] {
  const taxes = new Map(items.flatMap(({ set }) => set.taxes.map((tax) => [keyOf(tax), tax] as const)));
  return [...taxes].sort(([x, a], [y, b]) => a.position - b.position || (x < y ? -1 : 1));
}

function keyOf({ ruleId, reason }: SetTax): string {
  return ruleId ?? reason;
}

/** Items with the same taxes together; what one tax leaves of each item is what the next can be split over, so none is taxed below zero. */
function takenOut(items: readonly TaxedItem[], rounding: Rounding): ItemTaxes {
  const found: SplitAmount[] = [];
  for (const key of new Set(items.map(({ set }) => set.key))) {
    const group = items.flatMap((item, index) => (item.set.key === key ? [{ item, index }] : []));
    const [first] = group;
    if (first === undefined) continue;
    const { set } = first.item;
    const whole = splitTax(sumOf(group, ({ item }) => item.amountMinor), set, { included: true, rounding });
    const left = group.map(({ item }) => item.amountMinor);
    const amounts = whole.taxes.map(({ amountMinor }) => {
      const parts = allocate(amountMinor, left);
      parts.forEach((part, at) => {
        left[at] = (left[at] ?? 0) - part;
      });
      return parts;
    });
    group.forEach(({ index }, at) => {
      const netMinor = left[at] ?? 0;
      found[index] = { netMinor, taxes: withBases(netMinor, { set, amounts: amounts.map((parts) => parts[at] ?? 0) }, rounding) };
    });
  }
  return found;
}
