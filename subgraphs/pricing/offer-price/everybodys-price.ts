import type { FlashSale } from '../engine/flash-sale.js';
import { priceCart } from '../engine/price-cart.js';
import type { PriceFact } from '../engine/price-fact.js';
import type { PricedLine } from '../engine/priced-cart.js';
import type { PricedGoods } from '../engine/pricing-input.js';
import type { TaxRules } from '../engine/tax-rules.js';
import type { PromotionFacts } from '../promotion/promotion-facts.js';
import { nextWindowChange } from './next-window-change.js';

/** What the price of one offer follows from. */
export interface PriceGrounds {
  readonly now: Date;
  readonly currency: string;
  readonly goods: PricedGoods;
  /** Of this offer. */
  readonly prices: readonly PriceFact[];
  /** Of this offer. */
  readonly flashSales: readonly FlashSale[];
  readonly sales: PromotionFacts;
  readonly tax: TaxRules;
}

/** What everybody pays for one piece. */
export interface EverybodysPrice {
  /** Null where the offer has no price: it cannot be bought. */
  readonly currentMinor: number | null;
  readonly compareAtMinor: number | null;
  /** When the present price ends by itself. */
  readonly endsAt: Date | null;
  /** When anything that may count for it begins or ends. */
  readonly dueAt: Date | null;
}

const lineId = 'one';

/** What a guest of the marketplace's own country pays for one piece, without coupon: pure, by the engine that prices carts. */
export function everybodysPrice(grounds: PriceGrounds): EverybodysPrice {
  const { goods, now, currency, prices, flashSales, sales, tax } = grounds;
  const cart = priceCart({
    currency, now, prices, flashSales, ...sales, coupons: [], shipping: [], channel: null, paymentChoice: null, search: 'BY_PRIORITY',
    lines: [{ ...goods, lineId, quantity: 1 }], tax: { ...tax, rates: [] },
    destination: { ...tax.home, postalCode: null },
    buyer: { kind: 'GUEST', userId: null, companyId: null, emailHash: null, groups: [], ordersBefore: null },
  });
  const [line] = cart.lines;
  const counted = new Set(cart.applied.map(({ promotionId }) => promotionId));
  return {
    currentMinor: line?.salePriceMinor ?? null, compareAtMinor: line ? compareAt(line) : null,
    endsAt: line ? endOf(grounds, line, counted) : null, dueAt: nextBoundary(grounds),
  };
}

/** What is shown struck through: as its vendor said, else what it would cost without list and sale. Nothing where that is no more. */
function compareAt(line: PricedLine): number | null {
  const said = line.compareAtMinor ?? Math.max(line.unitPriceMinor, line.basePriceMinor ?? 0);
  return said > line.salePriceMinor ? said : null;
}

/** The first end among all that made the price. */
function endOf({ prices, flashSales, sales }: PriceGrounds, line: PricedLine, counted: ReadonlySet<string>): Date | null {
  const price = prices.find(({ priceId }) => priceId === line.priceId);
  return earliest([
    price?.until, price?.list?.until,
    ...sales.promotions.filter(({ promotionId }) => counted.has(promotionId)).map(({ until }) => until),
    ...flashSales.filter(({ flashSaleId }) => counted.has(flashSaleId)).map(({ until }) => until),
  ]);
}

function nextBoundary({ now, prices, flashSales, sales }: PriceGrounds): Date | null {
  const windows = [...prices, ...prices.flatMap(({ list }) => (list ? [list] : [])), ...flashSales, ...sales.promotions];
  const moments = windows.flatMap(({ from, until }) => [from, until]).filter((moment) => moment !== null && moment > now);
  return earliest([...moments, ...sales.promotions.map((promotion) => nextWindowChange(promotion, now))]);
}

function earliest(moments: readonly (Date | null | undefined)[]): Date | null {
  return moments.reduce<Date | null>((first, moment) => (moment && (!first || moment < first) ? moment : first), null);
}
