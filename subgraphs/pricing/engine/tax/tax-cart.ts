import { allocate } from '@haat/kit/allocate';
import type { DeliveryCharge, LineCharge } from '../charge.js';
import { exact, sumOf } from '../minor.js';
import type { TaxRules } from '../tax-rules.js';
import type { WorkingCart } from '../working-cart.js';
import { taxByLine, taxByUnit } from './by-line.js';
import { taxByRateGroup } from './by-rate-group.js';
import type { SplitAmount, TaxStyle } from './split-tax.js';
import type { SetTax, TaxSet } from './tax-set.js';
import type { ItemTaxes, TaxedItem } from './taxed-item.js';

/** What is paid for a charge: its net, and each tax with its amount. */
export interface TaxedCharge {
  readonly netMinor: number;
  readonly taxes: readonly ChargedTax[];
}

/** One tax of a charge. */
export interface ChargedTax {
  readonly tax: SetTax;
  readonly baseMinor: number;
  readonly amountMinor: number;
}

/** The taxes of every line and delivery, rounded as the marketplace rounds, vendor by vendor. A delivery that is not chosen has none. */
export function taxCart(cart: WorkingCart): ReadonlyMap<LineCharge | DeliveryCharge, TaxedCharge> {
  const { tax } = cart.opened.input;
  const taxed = new Map<LineCharge | DeliveryCharge, TaxedCharge>();
  for (const delivery of cart.deliveries) {
    const lines = cart.lines.filter(({ vendorId }) => vendorId === delivery.vendorId);
    const items = [...lines.map(itemOfLine), ...itemsOfDelivery(delivery, lines)];
    const splits = splitItems(items.map(({ item }) => item), tax);
    items.forEach(({ charge, item }, index) => taxed.set(charge, joined(taxed.get(charge), item.set, splits[index])));
  }
  return taxed;
}

interface ChargedItem {
  readonly charge: LineCharge | DeliveryCharge;
  readonly item: TaxedItem;
}

function splitItems(items: readonly TaxedItem[], { level, pricesIncludeTax, rounding }: TaxRules): ItemTaxes {
  const style: TaxStyle = { included: pricesIncludeTax, rounding };
  if (level === 'UNIT') return taxByUnit(items, style);
  return level === 'LINE' ? taxByLine(items, style) : taxByRateGroup(items, style);
}

function itemOfLine(line: LineCharge): ChargedItem {
  return { charge: line, item: { amountMinor: line.amountMinor, runs: line.runs, set: line.opened.taxes } };
}

/** By its own taxes, or in proportion to the goods of each kind of taxes. */
function itemsOfDelivery(delivery: DeliveryCharge, lines: readonly LineCharge[]): ChargedItem[] {
  if (delivery.opened.methodId === null) return [];
  if (delivery.opened.taxes !== null) return [itemOfPart(delivery, delivery.amountMinor, delivery.opened.taxes)];
  const sets = [...new Map(lines.map(({ opened: { taxes } }) => [taxes.key, taxes])).values()];
  const worths = sets.map(({ key }) => sumOf(lines.filter(({ opened }) => opened.taxes.key === key), ({ amountMinor }) => amountMinor));
  return allocate(delivery.amountMinor, worths).map((minor, index) => ({ minor, set: sets[index] }))
    .flatMap(({ minor, set }) => (set === undefined ? [] : [itemOfPart(delivery, minor, set)]));
}

function itemOfPart(charge: DeliveryCharge, amountMinor: number, set: TaxSet): ChargedItem {
  return { charge, item: { amountMinor, runs: [{ pieces: 1, eachMinor: amountMinor }], set } };
}

/** A charge may be several items; a tax that they share is told once. */
function joined(before: TaxedCharge | undefined, set: TaxSet, split: SplitAmount | undefined): TaxedCharge {
  const taxes = [...(before?.taxes ?? [])];
  set.taxes.forEach((tax, index) => {
    const { baseMinor, amountMinor } = split?.taxes[index] ?? { baseMinor: 0, amountMinor: 0 };
    const at = taxes.findIndex((other) => other.tax.ruleId === tax.ruleId && other.tax.reason === tax.reason);
    const same = taxes[at];
    if (same === undefined) taxes.push({ tax, baseMinor, amountMinor });
    else taxes[at] = { tax, baseMinor: exact(same.baseMinor + baseMinor), amountMinor: exact(same.amountMinor + amountMinor) };
  });
  return { netMinor: exact((before?.netMinor ?? 0) + (split?.netMinor ?? 0)), taxes };
}
