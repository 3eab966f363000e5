import type { OpenedDelivery } from './open-delivery.js';
import type { OpenedLine } from './open-cart.js';
import { times } from './minor.js';
import type { DiscountPart } from './priced-cart.js';
import type { Promotion, PromotionClass } from './promotion.js';
import type { Run } from './runs.js';

/** What somebody pays for and promotions take from: a line or a delivery, on its way through the promotions. */
export interface Charge {
  /** Null for a delivery. */
  readonly lineId: string | null;
  readonly vendorId: string;
  amountMinor: number;
  /** Below this nothing is taken. */
  readonly floorMinor: number;
  readonly parts: DiscountPart[];
  readonly touches: Touch[];
}

/** What took from a charge, as far as others must agree with it. */
export type Touch = Pick<Promotion, 'class' | 'combinesWith' | 'stopProcessing'>;

/** A line on its way. */
export interface LineCharge extends Charge {
  readonly opened: OpenedLine;
  /** Its pieces by what each costs now. */
  runs: readonly Run[];
  /** What it cost when flash sales and catalogue promotions were through. */
  afterCatalogueMinor: number;
  /** What its first piece cost then. */
  saleEachMinor: number;
}

/** A delivery on its way. */
export interface DeliveryCharge extends Charge {
  readonly opened: OpenedDelivery;
}

/** A line before any promotion. */
export function chargeOfLine(opened: OpenedLine): LineCharge {
  const { facts: { lineId, vendorId, quantity }, unitMinor, subtotalMinor, floorEachMinor } = opened;
  return {
    opened, lineId, vendorId, amountMinor: subtotalMinor, afterCatalogueMinor: subtotalMinor, saleEachMinor: unitMinor, floorMinor: times(floorEachMinor, quantity),
    runs: [{ pieces: quantity, eachMinor: unitMinor }], parts: [], touches: [],
  };
}

/** A delivery before any promotion. */
export function chargeOfDelivery(opened: OpenedDelivery): DeliveryCharge {
  return { opened, lineId: null, vendorId: opened.vendorId, amountMinor: opened.amountMinor, floorMinor: 0, parts: [], touches: [] };
}

/** How much may still be taken from a charge. */
export function roomOf(charge: Charge): number {
  return Math.max(0, charge.amountMinor - charge.floorMinor);
}

/** Whether a promotion gets along with everything that touched a charge. */
export function mayTouch(charge: Pick<Charge, 'touches'>, by: { readonly class: PromotionClass; readonly combinesWith: readonly PromotionClass[] }): boolean {
  return charge.touches.every((touch) => !touch.stopProcessing && touch.combinesWith.includes(by.class) && by.combinesWith.includes(touch.class));
}
