import type { Rounding } from '@haat/kit/round-div';
import type { BuyerKind } from './pricing-input.js';

/** How a marketplace taxes. Rates, codes and names are data; nothing here knows a country. */
export interface TaxRules {
  /** Where `pricesIncludeTax` speaks of: the marketplace's own country. */
  readonly home: { readonly country: string; readonly region: string | null };
  /** Whether prices, delivery and amounts of promotions hold the tax already. */
  readonly pricesIncludeTax: boolean;
  /** For prices that hold the tax, to another country: the buyer pays the same, or the seller earns the same. */
  readonly abroad: 'KEEP_GROSS' | 'KEEP_NET';
  readonly rounding: Extract<Rounding, 'HALF_UP' | 'HALF_EVEN'>;
  readonly level: RoundingLevel;
  readonly shipping: ShippingTax;
  readonly rates: readonly TaxRateRule[];
}

/** What is rounded: the tax of a line, of one piece, or of all that a vendor sells at a rate, split back to lines. */
export type RoundingLevel = 'LINE' | 'UNIT' | 'RATE_GROUP';

/** Delivery has a tax class of its own, or is taxed as the goods in the parcel are, in proportion. */
export type ShippingTax = { readonly kind: 'OWN_CLASS'; readonly taxClass: string } | { readonly kind: 'PROPORTIONAL' };

/** Why a rate is what it is; the last five are zero. */
export type TaxReason = 'STANDARD' | 'REDUCED' | 'EXEMPT' | 'ZERO_RATED' | 'REVERSE_CHARGE' | 'EXPORT' | 'OUT_OF_SCOPE';

/**
 * One tax of one class of goods in one place. Every rule that matches counts, each on its own base; of several with one `code`
 * only the most specific does: postal code before region before country, then named buyers, then the id. No match at home is OUT_OF_SCOPE, abroad
 * EXPORT.
 */
export interface TaxRateRule {
  readonly ruleId: string;
  /** What tax it is, such as `VAT`. */
  readonly code: string;
  readonly taxClass: string;
  readonly country: string;
  /** Null is the whole country. */
  readonly region: string | null;
  /** Other names that addresses have for it. */
  readonly regionNames: readonly string[];
  /** Beginnings of postal codes; empty is everywhere in the region. */
  readonly postalPrefixes: readonly string[];
  /** Empty is every buyer. A reverse charge names COMPANY. */
  readonly buyerKinds: readonly BuyerKind[];
  readonly from: Date | null;
  readonly until: Date | null;
  /** Whose tax it is: ISO 3166-1, or ISO 3166-2 of a part of a country. */
  readonly jurisdiction: string;
  readonly name: string;
  /** Parts per million: 150000 is 15 %. Zero where the reason is one of the zeros. */
  readonly ratePpm: number;
  /** The part of the price that is taxed, in parts per million; nearly always 1000000. */
  readonly basePpm: number;
  /** Whether it is taken of the price with the taxes before it, by `position`. */
  readonly isCompound: boolean;
  readonly position: number;
  readonly reason: TaxReason;
}
