import type { Viewer } from '@haat/kit/identity';
import { mayPrice } from '../access/may.js';
import type { PricedGoods } from '../engine/pricing-input.js';
import { priceMinorMax, tierQuantityMax } from '../limits.js';
import { PriceRowProblem, PriceRowProblemCode as Code } from './set-prices.input.js';

/** A price as somebody wants it; null takes it away. */
export interface PriceRow {
  readonly offerId: string;
  readonly currency: string;
  readonly minor: number | null;
  readonly compareAtMinor: number | null;
  readonly minQuantity: number;
  readonly priceListId: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
}

/** What rows are judged by. */
export interface PriceGround {
  readonly rows: readonly PriceRow[];
  readonly goods: ReadonlyMap<string, PricedGoods>;
  /** Vendors of each price list that goes on; none is all. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly viewer: Viewer;
  readonly currency: string;
}

/** What is wrong with rows, the first thing of each, in their order. An offer of others' is as one that is not there. */
export function priceProblems(ground: PriceGround): PriceRowProblem[] {
  const seen = new Set<string>();
  return ground.rows.flatMap((row, at) => {
    const wrong = wrongOffer(row, ground) ?? wrongList(row, ground) ?? wrongNumbers(row, ground) ?? (seen.has(priceKey(row)) ? [Code.TWICE, 'An earlier row sets the same price.'] as const : undefined);
    seen.add(priceKey(row));
    return wrong ? [PriceRowProblem.of(at, wrong[0], wrong[1])] : [];
  });
}

/** Two rows of one key are the same price. */
export function priceKey({ offerId, priceListId, currency, minQuantity, from, until }: PriceRow): string {
  return [offerId, priceListId ?? '', currency, String(minQuantity).padStart(7, '0'), from?.toISOString() ?? '', until?.toISOString() ?? ''].join(' ');
}

type Wrong = readonly [Code, string] | undefined;

function wrongOffer({ offerId }: PriceRow, { goods, viewer }: PriceGround): Wrong {
  const one = goods.get(offerId);
  return one && mayPrice(viewer, one.vendorId) ? undefined : [Code.OFFER_UNKNOWN, 'There is no such offer among those you may price.'];
}

function wrongList({ offerId, priceListId }: PriceRow, { goods, lists }: PriceGround): Wrong {
  if (priceListId === null) return undefined;
  const vendors = lists.get(priceListId);
  if (!vendors) return [Code.PRICE_LIST_UNKNOWN, 'There is no such price list, or it was ended.'];
  const isMeant = vendors.length === 0 || vendors.includes(goods.get(offerId)?.vendorId ?? '');
  return isMeant ? undefined : [Code.PRICE_LIST_OF_OTHERS, 'The price list is for offers of other vendors.'];
}

function wrongNumbers({ currency, minor, compareAtMinor, minQuantity, from, until }: PriceRow, ground: PriceGround): Wrong {
  if (currency !== ground.currency) return [Code.CURRENCY_NOT_SOLD_IN, `This marketplace sells in ${ground.currency}, not in ${currency}.`];
  const isAmount = (amount: number | null): boolean => amount === null || (amount >= 0 && amount <= priceMinorMax);
  if (!isAmount(minor) || !isAmount(compareAtMinor)) return [Code.AMOUNT_OUT_OF_RANGE, `Expected 0 to ${priceMinorMax}.`];
  if (minQuantity < 1 || minQuantity > tierQuantityMax) return [Code.QUANTITY_OUT_OF_RANGE, `Expected 1 to ${tierQuantityMax} pieces, came ${minQuantity}.`];
  return from && until && until <= from ? [Code.WINDOW_EMPTY, 'The price ends before it begins.'] : undefined;
}
