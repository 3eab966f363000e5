import { exact, sumOf } from '../minor.js';
import type { OpenedCart } from '../open-cart.js';
import type { TraceRow } from '../priced-cart.js';
import type { PromotionClass } from '../promotion.js';
import type { PromotionEntry } from '../promotion-entry.js';
import { workingCart, type WorkingCart } from '../working-cart.js';
import { applyPromotion } from './apply-promotion.js';
import { sellFlash } from './sell-flash.js';

/** Lets promotions count on a cart in their order, and no others. */
export function evaluate(opened: OpenedCart, entries: readonly PromotionEntry[]): WorkingCart {
  const cart = workingCart(opened);
  cart.rows.push(...opened.lines.flatMap(openingRows));
  sellFlash(cart);
  applyClass('CATALOGUE');
  for (const line of cart.lines) line.afterCatalogueMinor = line.amountMinor;
  for (const line of cart.lines) line.saleEachMinor = line.runs[0]?.eachMinor ?? 0;
  applyClass('LINE');
  applyClass('ORDER');
  cart.rows.push(...opened.deliveries.flatMap(deliveryRows));
  applyClass('SHIPPING');
  return cart;

  function applyClass(of: PromotionClass): void {
    for (const entry of entries) if (entry.promotion.class === of) applyPromotion(cart, entry);
  }
}

/** In the order in which promotions of one class count. */
export function byPriority({ promotion: a }: PromotionEntry, { promotion: b }: PromotionEntry): number {
  return b.priority - a.priority || (a.promotionId < b.promotionId ? -1 : 1);
}

/** What goods and deliveries cost after promotions: the less, the better for the customer. */
export function payableOf({ lines, deliveries }: WorkingCart): number {
  return exact(sumOf(lines, ({ amountMinor }) => amountMinor) + sumOf(deliveries, ({ amountMinor }) => amountMinor));
}

function openingRows({ facts: { lineId, vendorId, quantity }, base, baseMinor, price, homeUnitMinor, unitMinor }: OpenedCart['lines'][number]): TraceRow[] {
  const own = (baseMinor ?? 0) * quantity;
  const [home, there] = [homeUnitMinor * quantity, unitMinor * quantity];
  const rows: TraceRow[] = [];
  if (base !== undefined) rows.push({ step: 'BASE', ruleId: base.priceId, lineId, vendorId, beforeMinor: 0, afterMinor: exact(own) });
  if (price.priceId !== base?.priceId) rows.push({ step: 'LIST', ruleId: price.priceId, lineId, vendorId, beforeMinor: own, afterMinor: exact(home) });
  if (home !== there) rows.push({ step: 'DESTINATION', ruleId: null, lineId, vendorId, beforeMinor: home, afterMinor: there });
  return rows;
}

function deliveryRows({ vendorId, methodId, homeMinor, amountMinor }: OpenedCart['deliveries'][number]): TraceRow[] {
  if (methodId === null) return [];
  const rows: TraceRow[] = [{ step: 'SHIPPING', ruleId: methodId, lineId: null, vendorId, beforeMinor: 0, afterMinor: homeMinor }];
  if (homeMinor !== amountMinor) rows.push({ step: 'DESTINATION', ruleId: null, lineId: null, vendorId, beforeMinor: homeMinor, afterMinor: amountMinor });
  return rows;
}
