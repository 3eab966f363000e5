import { createHash } from 'node:crypto';
import { priceBandOf } from './price-bands.js';

/** What a price of the demonstration is made from: the same facts give the same price. */
export interface Priced {
  readonly market: string;
  readonly category: string;
  readonly product: string;
  /** The number of the variant among its product's: bigger ones cost more. */
  readonly variant: number;
  readonly vendor: string;
}

/** How much dearer the next size is, and how far vendors are apart, in parts per thousand. */
const perVariant = 25;
const perVendor = 60;

/** A price of the demonstration in minor units, ending as prices end in the market: tens of taka, or five cents below the euro. */
export function priceOf({ market, category, product, variant, vendor }: Priced): number {
  const [from, to] = priceBandOf(market, category);
  const middle = from + (to - from) * share(product);
  const parts = 1_000 + variant * perVariant + Math.round(perVendor * (share(vendor + product) - 0.5));
  const units = Math.max(1, Math.round((middle * parts) / 1_000));
  return market === 'acme' ? Math.max(10, Math.round(units / 10) * 10) * 100 : units * 100 - 5;
}

/** Pieces of the demonstration in one warehouse: most have some, one in twelve few, one in twenty none. */
export function piecesOf(offer: string, warehouse: string): number {
  const one = share(`${offer}:${warehouse}`);
  if (one < 0.05) return 0;
  return one < 0.13 ? 1 + Math.floor(one * 40) : 12 + Math.floor(one * 90);
}

/** A number from 0 to below 1, the same for the same text. */
function share(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
