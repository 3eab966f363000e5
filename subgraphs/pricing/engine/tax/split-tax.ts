import type { Rounding } from '@haat/kit/round-div';
import { divided, exact, portion, sumOf } from '../minor.js';
import type { SetTax, TaxSet } from './tax-set.js';

/** How an amount meets its taxes. */
export interface TaxStyle {
  /** Whether the amount holds the taxes. */
  readonly included: boolean;
  readonly rounding: Rounding;
}

/** One tax of an amount: what it is taken of, and how much it is. */
export interface TaxAmount {
  readonly baseMinor: number;
  readonly amountMinor: number;
}

/** An amount taken apart; the net and the taxes add up to what is paid. Taxes stand as in the set. */
export interface SplitAmount {
  readonly netMinor: number;
  readonly taxes: readonly TaxAmount[];
}

/** Takes an amount and its taxes apart, each tax rounded by itself and of its own base. */
export function splitTax(minor: number, set: TaxSet, style: TaxStyle): SplitAmount {
  return style.included ? takenOut(minor, set, style.rounding) : putOnTop(minor, set, style.rounding);
}

/** What is paid: the net and its taxes. */
export function grossOf(split: SplitAmount): number {
  return exact(split.netMinor + taxTotal(split.taxes));
}

/** Taxes together. */
export function taxTotal(taxes: readonly TaxAmount[]): number {
  return sumOf(taxes, ({ amountMinor }) => amountMinor);
}

/** What a tax is taken of, from the net and the taxes that stand before it. */
export function taxableOf(tax: SetTax, amounts: { readonly netMinor: number; readonly taxesBeforeMinor: number }, rounding: Rounding): number {
  return portion(exact(amounts.netMinor + (tax.isCompound ? amounts.taxesBeforeMinor : 0)), tax.basePpm, rounding);
}

/** How much of a gross amount each tax is: parts of one whole, which are never all of it. */
export function sharesOfGross(set: TaxSet): { readonly parts: readonly bigint[]; readonly whole: bigint } {
  let net = 1n;
  let parts: bigint[] = [];
  for (const tax of set.taxes) {
    const base = net + (tax.isCompound ? parts.reduce((total, part) => total + part, 0n) : 0n);
    const part = base * BigInt(tax.ratePpm) * BigInt(tax.basePpm);
    parts = [...parts.map((before) => before * ppmSquared), part];
    net *= ppmSquared;
  }
  return { parts, whole: parts.reduce((total, part) => total + part, net) };
}

const ppmSquared = 1_000_000_000_000n;

function putOnTop(netMinor: number, set: TaxSet, rounding: Rounding): SplitAmount {
  const taxes: TaxAmount[] = [];
  for (const tax of set.taxes) {
    const baseMinor = taxableOf(tax, { netMinor, taxesBeforeMinor: taxTotal(taxes) }, rounding);
    taxes.push({ baseMinor, amountMinor: portion(baseMinor, tax.ratePpm, rounding) });
  }
  return { netMinor, taxes };
}

/** Rounded one by one, three taxes of a tiny amount could be more than it: none takes more than is left. */
function takenOut(grossMinor: number, set: TaxSet, rounding: Rounding): SplitAmount {
  const { parts, whole } = sharesOfGross(set);
  let netMinor = grossMinor;
  const amounts = parts.map((part) => {
    const amount = Math.min(netMinor, divided(BigInt(grossMinor) * part, whole, rounding));
    netMinor -= amount;
    return amount;
  });
  return { netMinor, taxes: withBases(netMinor, { set, amounts }, rounding) };
}

/** Taxes whose amounts are known, with what each is taken of. */
export function withBases(netMinor: number, { set, amounts }: { readonly set: TaxSet; readonly amounts: readonly number[] }, rounding: Rounding): TaxAmount[] {
  let taxesBeforeMinor = 0;
  return set.taxes.map((tax, index) => {
    const amountMinor = amounts[index] ?? 0;
    const baseMinor = taxableOf(tax, { netMinor, taxesBeforeMinor }, rounding);
    taxesBeforeMinor = exact(taxesBeforeMinor + amountMinor);
    return { baseMinor, amountMinor };
  });
}
