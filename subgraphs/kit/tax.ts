import { roundDiv, type Rounding } from './round-div.js';

/** A tax rate and how it meets a price. */
export interface TaxRate {
  /** Parts per million: 150000 is 15 %, 88750 is 8.875 %. */
  readonly ppm: number;
  /** Whether the price already holds the tax. */
  readonly included: boolean;
  readonly mode?: Rounding;
}

/** The tax on an amount in minor units: on top of it, or the part of it that is tax. */
export function taxOf(minor: number, rate: TaxRate): number {
  const below = rate.included ? 1_000_000 + rate.ppm : 1_000_000;
  return roundDiv(BigInt(minor) * BigInt(rate.ppm), below, rate.mode);
}

/** The amount without its tax, in minor units. */
export function netOf(minor: number, rate: TaxRate): number {
  return rate.included ? minor - taxOf(minor, rate) : minor;
}
