import type { MethodRow } from './zone.row.js';

/** Goods of one vendor that are to be sent together. */
export interface Load {
  /** Goods at unit price times quantity, in minor units. */
  readonly subtotalMinor: number;
  /** Null where nobody knows; it is taken for nothing then. */
  readonly weightGrams: number | null;
  readonly shippingProfiles: readonly string[];
}

/** What decides a price. */
export type Rates = Pick<MethodRow, 'bands' | 'perExtraKiloMinor' | 'freeFromMinor' | 'minSubtotalMinor' | 'maxSubtotalMinor' | 'shippingProfiles' | 'isActive'>;

/** What a way of delivery costs for these goods, in minor units; null where it does not take them. */
export function methodPrice(rates: Rates, load: Load): number | null {
  if (!rates.isActive || !takes(rates, load)) return null;
  const amountMinor = priceByWeight(rates, load.weightGrams ?? 0);
  if (amountMinor === null) return null;
  return rates.freeFromMinor !== null && load.subtotalMinor >= rates.freeFromMinor ? 0 : amountMinor;
}

function takes({ minSubtotalMinor, maxSubtotalMinor, shippingProfiles }: Rates, load: Load): boolean {
  if (load.subtotalMinor < (minSubtotalMinor ?? 0) || load.subtotalMinor > (maxSubtotalMinor ?? Number.MAX_SAFE_INTEGER)) return false;
  return shippingProfiles.length === 0 || load.shippingProfiles.every((profile) => shippingProfiles.includes(profile));
}

function priceByWeight({ bands, perExtraKiloMinor }: Rates, weightGrams: number): number | null {
  const band = bands.find(({ upToGrams }) => upToGrams === null || weightGrams <= upToGrams);
  if (band) return band.amountMinor;
  const last = bands.at(-1);
  if (last?.upToGrams == null || perExtraKiloMinor === null) return null;
  return last.amountMinor + Math.ceil((weightGrams - last.upToGrams) / 1_000) * perExtraKiloMinor;
}
