import { invariant } from '@haat/kit/invariant';
import { linesMax } from './limits.js';
import { sumOf, times } from './minor.js';
import { openDeliveries, type OpenedDelivery } from './open-delivery.js';
import type { PriceFact } from './price-fact.js';
import { ownPrice, selectPrice } from './prices/select-price.js';
import type { PricedGoods, PricingInput, PricingLine } from './pricing-input.js';
import { taxSetOf, type TaxSet } from './tax/tax-set.js';
import { toDestination } from './tax/to-destination.js';

/** A cart whose prices are selected and whose taxes are known; promotions have not looked at it. */
export interface OpenedCart {
  readonly input: PricingInput;
  readonly lines: readonly OpenedLine[];
  readonly deliveries: readonly OpenedDelivery[];
  /** Offers that have no price now; each once. */
  readonly withoutPrice: readonly string[];
}

/** A line with its price. All amounts but `homeUnitMinor` and `baseMinor` are for where the goods go. */
export interface OpenedLine {
  readonly facts: PricingLine;
  readonly price: PriceFact;
  readonly base: PriceFact | undefined;
  readonly baseMinor: number | null;
  readonly homeUnitMinor: number;
  readonly unitMinor: number;
  readonly compareAtMinor: number | null;
  readonly subtotalMinor: number;
  /** The least one piece may cost; never more than it does. */
  readonly floorEachMinor: number;
  readonly taxes: TaxSet;
  /** A price written at home, for where this line goes. */
  readonly toThere: (minor: number) => number;
}

/** Selects prices and taxes, and checks that the input is what it is said to be. */
export function openCart(input: PricingInput): OpenedCart {
  checkLines(input.lines);
  const opened = input.lines.map((line) => openLine(line, input));
  const lines = opened.filter((line) => line !== undefined);
  const without = input.lines.filter((_, index) => opened[index] === undefined).map(({ offerId }) => offerId);
  return { input, lines, deliveries: openDeliveries(input, lines), withoutPrice: [...new Set(without)] };
}

function checkLines(lines: readonly PricingLine[]): void {
  invariant(lines.length <= linesMax, `Expected at most ${linesMax} lines, came ${lines.length}.`);
  invariant(new Set(lines.map(({ lineId }) => lineId)).size === lines.length, 'Expected ids of lines once each.');
  for (const { lineId, quantity } of lines) invariant(Number.isSafeInteger(quantity) && quantity >= 1, `Expected a quantity from 1 in ${lineId}, came ${quantity}.`);
}

function openLine(facts: PricingLine, input: PricingInput): OpenedLine | undefined {
  const quantity = sumOf(input.lines.filter(({ offerId }) => offerId === facts.offerId), (line) => line.quantity);
  const question = { ...input, offerId: facts.offerId, quantity, country: input.destination.country };
  const price = selectPrice(input.prices, question);
  if (price === undefined) return undefined;
  const base = ownPrice(input.prices, question);
  invariant(Number.isSafeInteger(price.amountMinor) && price.amountMinor >= 0, `Expected a price from 0, came ${price.amountMinor} in ${price.priceId}.`);
  const { taxes, toThere } = taxesOfGoods(facts, input);
  const unitMinor = toThere(price.amountMinor);
  return {
    facts, price, base, taxes, toThere, unitMinor,
    baseMinor: base?.amountMinor ?? null,
    homeUnitMinor: price.amountMinor,
    compareAtMinor: price.compareAtMinor === null ? null : toThere(price.compareAtMinor),
    subtotalMinor: times(unitMinor, facts.quantity),
    floorEachMinor: Math.min(unitMinor, facts.floorMinor === null ? 0 : toThere(facts.floorMinor)),
  };
}

function taxesOfGoods({ taxClass }: PricedGoods, { tax, destination, buyer, now }: PricingInput): Pick<OpenedLine, 'taxes' | 'toThere'> {
  const question = { taxClass, buyerKind: buyer.kind, now };
  const taxes = taxSetOf(tax, { ...question, place: destination });
  const home = taxSetOf(tax, { ...question, place: { ...tax.home, postalCode: null } });
  return { taxes, toThere: (minor) => toDestination(minor, { home, there: taxes }, { rules: tax, country: destination.country }) };
}
