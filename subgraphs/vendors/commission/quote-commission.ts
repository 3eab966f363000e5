import { allocate } from '@haat/kit/allocate';
import { roundDiv } from '@haat/kit/round-div';
import { CommissionTakenOf, type CommissionRuleRow, type CommissionTermsRow } from './commission-rule.js';

const million = 1_000_000;

/** The parts of a rule that decide. */
export type CommissionRuleFacts = Pick<CommissionRuleRow, 'id' | 'vendorIds' | 'categoryIds' | 'productIds' | 'priceFromMinor' | 'priceToMinor' | 'ratePpm' | 'fixedMinor' | 'minMinor' | 'maxMinor'>;

/** What holds for all rules. */
export type CommissionTermsFacts = Pick<CommissionTermsRow, 'taxRatePpm' | 'shippingRatePpm' | 'takenOf'>;

/** A line that was sold. */
export interface SoldLine {
  readonly lineId: string;
  readonly vendorId: string;
  readonly productId: string;
  /** From the top down; the product may be in several places. */
  readonly categoryPaths: readonly (readonly string[])[];
  readonly quantity: number;
  readonly netMinor: number;
  readonly grossMinor: number;
}

/** One vendor's delivery. */
export interface SoldDelivery {
  readonly vendorId: string;
  readonly netMinor: number;
  readonly grossMinor: number;
}

/** What is taken where no rules were ever set: nothing. */
export const noTerms: CommissionTermsFacts = { taxRatePpm: 0, shippingRatePpm: 0, takenOf: CommissionTakenOf.NET };

/**
 * What is taken of each line and of each vendor's part. Each line is rounded by itself; tax is reckoned once, of a vendor's
 * sum, and split over its lines and delivery so that no unit is lost.
 */
export function quoteCommission(rules: readonly CommissionRuleFacts[], terms: CommissionTermsFacts, sold: { readonly lines: readonly SoldLine[]; readonly shipping: readonly SoldDelivery[] }) {
  const lines = sold.lines.map((line) => ({ vendorId: line.vendorId, ...ofLine(rules, terms, line) }));
  const vendorIds = [...new Set([...sold.lines, ...sold.shipping].map(({ vendorId }) => vendorId))];
  const taxOfLine = new Map<string, number>();
  const vendors = vendorIds.map((vendorId) => {
    const own = lines.filter((line) => line.vendorId === vendorId);
    const shippingMinor = sold.shipping.filter((delivery) => delivery.vendorId === vendorId).reduce((sum, delivery) => sum + share(baseOf(terms, delivery), terms.shippingRatePpm), 0);
    const netMinor = own.reduce((sum, line) => sum + line.amountMinor, shippingMinor);
    const taxMinor = share(netMinor, terms.taxRatePpm);
    const parts = allocate(taxMinor, [...own.map((line) => line.amountMinor), shippingMinor]);
    own.forEach((line, at) => taxOfLine.set(line.lineId, parts[at] ?? 0));
    return { vendorId, shippingMinor, netMinor, taxRatePpm: terms.taxRatePpm, taxMinor, shippingTaxMinor: parts[own.length] ?? 0 };
  });
  return { lines: lines.map(({ vendorId: _, ...line }) => ({ ...line, taxMinor: taxOfLine.get(line.lineId) ?? 0 })), vendors };
}

/** The first rule of the list whose every condition holds; undefined where none does. */
export function firstMatch<R extends CommissionRuleFacts>(rules: readonly R[], terms: CommissionTermsFacts, line: SoldLine): R | undefined {
  const base = BigInt(baseOf(terms, line));
  const quantity = BigInt(line.quantity);
  const inPath = new Set(line.categoryPaths.flat());
  return rules.find((rule) => among(rule.vendorIds, line.vendorId) && among(rule.productIds, line.productId)
    && (rule.categoryIds.length === 0 || rule.categoryIds.some((id) => inPath.has(id)))
    && (rule.priceFromMinor === null || base >= BigInt(rule.priceFromMinor) * quantity)
    && (rule.priceToMinor === null || base < BigInt(rule.priceToMinor) * quantity));
}

function ofLine(rules: readonly CommissionRuleFacts[], terms: CommissionTermsFacts, line: SoldLine) {
  const rule = firstMatch(rules, terms, line);
  if (!rule) return { lineId: line.lineId, ruleId: null, ratePpm: 0, fixedMinor: 0, amountMinor: 0 };
  const base = baseOf(terms, line);
  const wanted = BigInt(share(base, rule.ratePpm)) + BigInt(rule.fixedMinor) * BigInt(line.quantity);
  const atLeast = wanted < BigInt(rule.minMinor ?? 0) ? BigInt(rule.minMinor ?? 0) : wanted;
  // Nobody owes more than was sold.
  const atMost = Math.min(base, rule.maxMinor ?? base);
  const amountMinor = atLeast > BigInt(atMost) ? atMost : Number(atLeast);
  return { lineId: line.lineId, ruleId: rule.id, ratePpm: rule.ratePpm, fixedMinor: rule.fixedMinor, amountMinor };
}

function baseOf({ takenOf }: CommissionTermsFacts, { netMinor, grossMinor }: { readonly netMinor: number; readonly grossMinor: number }): number {
  return takenOf === CommissionTakenOf.NET ? netMinor : grossMinor;
}

/** A rate of an amount, half up. */
function share(minor: number, ppm: number): number {
  return roundDiv(BigInt(minor) * BigInt(ppm), million);
}

function among(ids: readonly string[], id: string): boolean {
  return ids.length === 0 || ids.includes(id);
}
