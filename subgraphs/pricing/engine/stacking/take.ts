import { portion } from '../minor.js';
import type { Charge, LineCharge } from '../charge.js';
import type { DiscountPart } from '../priced-cart.js';
import { runsOf } from '../runs.js';
import type { WorkingCart } from '../working-cart.js';
import type { Grant } from './settle.js';

/** Who takes. */
export type Taker = Pick<DiscountPart, 'promotionId' | 'couponCode' | 'name' | 'class' | 'platformPpm'>;

/** Takes what is granted: from each charge, with who bears it, and a row of the trace. */
export function take(cart: WorkingCart, taker: Taker, grant: Grant): void {
  for (const { charge, minor } of grant.parts) takeFrom(cart, taker, { charge, minor });
  const pieces = grant.wish.pieceByPiece;
  if (pieces !== undefined && pieces.givenMinor === grant.givenMinor) pieces.line.runs = pieces.runs;
}

function takeFrom(cart: WorkingCart, taker: Taker, { charge, minor }: Grant['parts'][number]): void {
  const beforeMinor = charge.amountMinor;
  charge.amountMinor -= minor;
  addPart(charge, taker, minor);
  if (isLine(charge)) charge.runs = runsOf(charge.amountMinor, charge.opened.facts.quantity);
  cart.rows.push({
    step: taker.class === 'SHIPPING' ? 'SHIPPING_PROMOTION' : taker.class, ruleId: taker.promotionId,
    lineId: charge.lineId, vendorId: charge.vendorId, beforeMinor, afterMinor: charge.amountMinor,
  });
}

/** A promotion has one part of a charge, however many of its effects took from it; the platform's share is rounded once. */
function addPart(charge: Charge, taker: Taker, minor: number): void {
  const at = charge.parts.findIndex(({ promotionId }) => promotionId === taker.promotionId);
  const amountMinor = minor + (charge.parts[at]?.amountMinor ?? 0);
  const platformMinor = portion(amountMinor, taker.platformPpm, 'HALF_UP');
  const { promotionId, couponCode, name, platformPpm } = taker;
  charge.parts.splice(at < 0 ? charge.parts.length : at, at < 0 ? 0 : 1, {
    promotionId, couponCode, name, class: taker.class, amountMinor, platformPpm, platformMinor, vendorMinor: amountMinor - platformMinor,
  });
}

function isLine(charge: Charge): charge is LineCharge {
  return charge.lineId !== null;
}
