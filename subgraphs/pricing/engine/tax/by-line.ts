import { exact, times } from '../minor.js';
import { splitTax, type SplitAmount, type TaxStyle } from './split-tax.js';
import type { ItemTaxes, TaxedItem } from './taxed-item.js';

/** The taxes of each item as a whole. */
export function taxByLine(items: readonly TaxedItem[], style: TaxStyle): ItemTaxes {
  return items.map(({ amountMinor, set }) => splitTax(amountMinor, set, style));
}

/** The taxes of each piece, as often as there are such pieces. */
export function taxByUnit(items: readonly TaxedItem[], style: TaxStyle): ItemTaxes {
  return items.map(({ runs, set }) => {
    const splits = runs.map(({ pieces, eachMinor }) => ({ pieces, split: splitTax(eachMinor, set, style) }));
    return splits.reduce<SplitAmount>((total, { pieces, split }) => added(total, split, pieces), { netMinor: 0, taxes: set.taxes.map(() => ({ baseMinor: 0, amountMinor: 0 })) });
  });
}

function added(total: SplitAmount, split: SplitAmount, pieces: number): SplitAmount {
  const add = (a: number, b: number | undefined): number => exact(a + times(b ?? 0, pieces));
  return {
    netMinor: add(total.netMinor, split.netMinor),
    taxes: total.taxes.map(({ baseMinor, amountMinor }, index) => ({
      baseMinor: add(baseMinor, split.taxes[index]?.baseMinor), amountMinor: add(amountMinor, split.taxes[index]?.amountMinor),
    })),
  };
}
