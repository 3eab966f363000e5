import { mayTouch, type DeliveryCharge, type LineCharge, type Touch } from '../charge.js';
import { namedLines } from '../conditions/goods.js';
import type { ConditionView } from '../conditions/condition-view.js';
import type { Effect } from '../effect.js';
import type { Reach } from '../effects/wish.js';
import { matchesTarget } from '../matches-target.js';

/** What an effect of a promotion may take from, and whether another promotion keeps it from some of it. */
export function reachOf(view: ConditionView, effect: Effect): Reach & { readonly isBlocked: boolean } {
  const { promotion } = view.entry;
  const meant = meantLines(view, effect);
  const touchable = view.lines.filter((line) => mayTouch(line, promotion));
  const free = new Set(touchable);
  const served = promotion.class === 'SHIPPING' ? servedDeliveries(view, meant) : [];
  const deliveries = served.filter((delivery) => mayTouch({ touches: touchesOf(delivery, view.lines) }, promotion));
  const lines = meant.filter((line) => free.has(line));
  const isBlocked = promotion.class === 'SHIPPING' ? deliveries.length < served.length : lines.length < meant.length;
  return { class: promotion.class, rounding: view.input.tax.rounding, meant, lines, deliveries, seen: view.lines, touchable, isBlocked };
}

/** Every line an effect could take from, if no other promotion had. */
function meantLines({ lines, entry: { promotion } }: ConditionView, effect: Effect): LineCharge[] {
  switch (effect.kind) {
    case 'BUNDLE_PRICE': return lines.filter((line) => effect.items.some(({ target }) => matchesTarget(line, target)));
    case 'BUY_X_GET_Y': return lines.filter((line) => matchesTarget(line, effect.get.target));
    case 'GIFT': return lines.filter(({ opened }) => opened.facts.offerId === effect.offerId);
    default: return effect.target === null ? namedLines(lines, promotion.conditions) : lines.filter((line) => effect.target !== null && matchesTarget(line, effect.target));
  }
}

function servedDeliveries({ deliveries, entry: { promotion } }: ConditionView, meant: readonly LineCharge[]): DeliveryCharge[] {
  const methods = promotion.conditions.filter((condition) => condition.kind === 'SHIPPING_METHOD');
  const vendorIds = new Set(meant.map(({ vendorId }) => vendorId));
  return deliveries
    .filter(({ vendorId }) => vendorIds.has(vendorId))
    .filter(({ opened: { methodId } }) => methods.every(({ methodIds }) => methodId !== null && methodIds.includes(methodId)));
}

/** A delivery is touched by what touched it, and by what touched its vendor's goods. */
function touchesOf(delivery: DeliveryCharge, lines: readonly LineCharge[]): Touch[] {
  return [...delivery.touches, ...lines.filter(({ vendorId }) => vendorId === delivery.vendorId).flatMap(({ touches }) => touches)];
}
