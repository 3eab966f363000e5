import type { LineCharge } from '../charge.js';
import { pieceByPiece } from '../effects/piece-by-piece.js';
import type { FlashSale } from '../flash-sale.js';
import { exact } from '../minor.js';
import { isWithin } from '../time-window.js';
import type { WorkingCart } from '../working-cart.js';
import { settle } from './settle.js';
import { take } from './take.js';

/** Sells pieces of offers at the price of a flash sale, as long as it has pieces for this buyer. */
export function sellFlash(cart: WorkingCart): void {
  const { flashSales, now, currency } = cart.opened.input;
  const open = flashSales.filter((sale) => sale.currency === currency && isWithin(sale, now));
  for (const offerId of new Set(cart.lines.map(({ opened }) => opened.facts.offerId))) {
    const [cheapest] = open.filter((sale) => sale.offerId === offerId && piecesFor(sale) > 0).sort(byPrice);
    if (cheapest !== undefined) sell(cart, cheapest, cart.lines.filter(({ opened }) => opened.facts.offerId === offerId));
  }
}

function byPrice(a: FlashSale, b: FlashSale): number {
  return a.priceMinor - b.priceMinor || (a.flashSaleId < b.flashSaleId ? -1 : 1);
}

function piecesFor({ piecesLeft, piecesPerBuyerMax, piecesTakenByBuyer }: FlashSale): number {
  return Math.max(0, Math.min(piecesLeft ?? Infinity, (piecesPerBuyerMax ?? Infinity) - piecesTakenByBuyer));
}

function sell(cart: WorkingCart, sale: FlashSale, lines: readonly LineCharge[]): void {
  const { flashSaleId, name, offerId, platformPpm, combinesWith } = sale;
  let left = piecesFor(sale);
  let [amountMinor, quantity] = [0, 0];
  for (const line of lines) {
    const pieces = Math.min(left, line.opened.facts.quantity);
    const there = line.opened.toThere(sale.priceMinor);
    const wish = pieceByPiece(line, (each) => Math.max(0, each - there), pieces);
    const { grants, cuts } = settle([wish], null);
    const given = grants.reduce((total, grant) => total + grant.givenMinor, 0);
    if (given === 0) continue;
    for (const grant of grants) take(cart, { promotionId: flashSaleId, couponCode: null, name, class: 'CATALOGUE', platformPpm }, grant);
    cart.cuts.push(...cuts.map((cut) => ({ promotionId: flashSaleId, ...cut })));
    line.touches.push({ class: 'CATALOGUE', combinesWith, stopProcessing: false });
    left -= pieces;
    quantity += pieces;
    amountMinor = exact(amountMinor + given);
  }
  if (quantity === 0) return;
  cart.applied.push({ promotionId: flashSaleId, couponCode: null, name, class: 'CATALOGUE', amountMinor });
  cart.quotas.push({ flashSaleId, offerId, quantity });
}
