import { allocate } from '@haat/kit/allocate';
import { invariant } from '@haat/kit/invariant';
import { sum } from './minor.js';
import type { OpenedLine } from './open-cart.js';
import type { PricingInput } from './pricing-input.js';
import { taxSetOf, type TaxSet } from './tax/tax-set.js';
import { toDestination } from './tax/to-destination.js';

/** A vendor's delivery, chosen or not. */
export interface OpenedDelivery {
  readonly vendorId: string;
  /** Null where it is not chosen yet. */
  readonly methodId: string | null;
  readonly homeMinor: number;
  readonly amountMinor: number;
  /** Its own taxes; null where it is taxed as the goods are. */
  readonly taxes: TaxSet | null;
}

/** A delivery of each vendor with lines, in the order of the vendors' first lines. */
export function openDeliveries(input: PricingInput, lines: readonly OpenedLine[]): OpenedDelivery[] {
  const vendorIds = [...new Set(lines.map(({ facts }) => facts.vendorId))];
  return vendorIds.map((vendorId) => openDelivery(vendorId, input, lines.filter(({ facts }) => facts.vendorId === vendorId)));
}

function openDelivery(vendorId: string, input: PricingInput, lines: readonly OpenedLine[]): OpenedDelivery {
  const chosen = input.shipping.filter((shipping) => shipping.vendorId === vendorId);
  invariant(chosen.length <= 1, `Expected one delivery of ${vendorId}, came ${chosen.length}.`);
  const [{ methodId, amountMinor } = { methodId: null, amountMinor: 0 }] = chosen;
  invariant(Number.isSafeInteger(amountMinor) && amountMinor >= 0, `Expected delivery from 0, came ${amountMinor}.`);
  const sets = ownTaxes(input);
  const there = sets === null ? asGoods(amountMinor, lines) : toDestination(amountMinor, sets, { rules: input.tax, country: input.destination.country });
  return { vendorId, methodId, homeMinor: amountMinor, amountMinor: there, taxes: sets?.there ?? null };
}

function ownTaxes({ tax, destination, buyer, now }: PricingInput): { home: TaxSet; there: TaxSet } | null {
  if (tax.shipping.kind === 'PROPORTIONAL') return null;
  const question = { taxClass: tax.shipping.taxClass, buyerKind: buyer.kind, now };
  return { home: taxSetOf(tax, { ...question, place: { ...tax.home, postalCode: null } }), there: taxSetOf(tax, { ...question, place: destination }) };
}

function asGoods(minor: number, lines: readonly OpenedLine[]): number {
  return sum(allocate(minor, lines.map(({ subtotalMinor }) => subtotalMinor)).map((part, index) => lines[index]?.toThere(part) ?? part));
}
