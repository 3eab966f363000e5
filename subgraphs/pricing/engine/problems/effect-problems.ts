import { effectKindsOf, type BundlePrice, type Effect, type Target, type Tier, type Tiered } from '../effect.js';
import { bundleItemsMax, tiersMax, wholePpm } from '../limits.js';
import type { PromotionClass } from '../promotion.js';
import { expected, fewOf, someOf, wholeIn, wholeOrNone, type DataProblem } from './data-problem.js';

/** What is wrong with an effect of a promotion of a class. */
export function effectProblems(effect: Effect, of: PromotionClass, path: DataProblem['path']): DataProblem[] {
  const scopes = effectKindsOf[of][effect.kind];
  const isOfClass = scopes !== undefined && (!('on' in effect) || scopes.includes(effect.on));
  const scope = 'on' in effect ? ` on ${effect.on}` : '';
  return [
    ...expected(isOfClass, { path: [...path, 'kind'], code: 'NOT_OF_CLASS', message: `expected an effect that ${of} may have, came ${effect.kind}${scope}` }),
    ...ownProblems(effect, path),
    ...targetsOf(effect, path).flatMap(([target, at]) => targetProblems(target, at)),
  ];
}

/** Whether an effect names an amount of money. */
export function effectHasMoney(effect: Effect): boolean {
  switch (effect.kind) {
    case 'AMOUNT_OFF': case 'FIXED_PRICE': case 'BUNDLE_PRICE': return true;
    case 'FREE_SHIPPING': return effect.capMinor !== null;
    case 'TIERED': return effect.by === 'VALUE' || effect.tiers.some(({ off }) => off === 'AMOUNT');
    case 'PERCENT_OFF': case 'CHEAPEST_FREE': case 'BUY_X_GET_Y': case 'GIFT': return false;
  }
}

function ownProblems(effect: Effect, path: DataProblem['path']): DataProblem[] {
  const at = (...names: string[]): DataProblem['path'] => [...path, ...names];
  switch (effect.kind) {
    case 'PERCENT_OFF': return percent(effect.ppm, at('ppm'));
    case 'AMOUNT_OFF': return wholeIn(effect.amountMinor, { min: 1 }, at('amountMinor'));
    case 'FIXED_PRICE': return wholeIn(effect.priceMinor, { min: 0 }, at('priceMinor'));
    case 'BUNDLE_PRICE': return [...bundleProblems(effect, path), ...wholeOrNone(effect.timesMax, { min: 1 }, at('timesMax'))];
    case 'TIERED': return tierProblems(effect, path);
    case 'CHEAPEST_FREE': return [
      ...wholeIn(effect.ofEvery, { min: 2 }, at('ofEvery')), ...wholeIn(effect.pieces, { min: 1, max: Math.max(1, effect.ofEvery - 1) }, at('pieces')), ...wholeOrNone(effect.timesMax, { min: 1 }, at('timesMax')),
    ];
    case 'BUY_X_GET_Y': return [
      ...wholeIn(effect.buy.quantity, { min: 1 }, at('buy', 'quantity')), ...wholeIn(effect.get.quantity, { min: 1 }, at('get', 'quantity')),
      ...percent(effect.ppm, at('ppm')), ...wholeOrNone(effect.timesMax, { min: 1 }, at('timesMax')),
    ];
    case 'GIFT': return [...someOf([effect.offerId], at('offerId')), ...wholeIn(effect.quantity, { min: 1 }, at('quantity'))];
    case 'FREE_SHIPPING': return wholeOrNone(effect.capMinor, { min: 1 }, at('capMinor'));
  }
}

/** Above nothing, and at most everything. */
function percent(ppm: number, path: DataProblem['path']): DataProblem[] {
  return wholeIn(ppm, { min: 1, max: wholePpm }, path);
}

function bundleProblems({ items, priceMinor }: BundlePrice, path: DataProblem['path']): DataProblem[] {
  return [
    ...wholeIn(priceMinor, { min: 0 }, [...path, 'priceMinor']),
    ...wholeIn(items.length, { min: 1, max: bundleItemsMax }, [...path, 'items']),
    ...items.flatMap(({ quantity }, index) => wholeIn(quantity, { min: 1 }, [...path, 'items', index, 'quantity'])),
  ];
}

function tierProblems({ tiers }: Tiered, path: DataProblem['path']): DataProblem[] {
  const own = ({ from, ...tier }: Tier, at: DataProblem['path']): DataProblem[] => [
    ...wholeIn(from, { min: 1 }, [...at, 'from']),
    ...(tier.off === 'PERCENT' ? percent(tier.ppm, [...at, 'ppm']) : wholeIn(tier.amountMinor, { min: 1 }, [...at, 'amountMinor'])),
  ];
  return [
    ...wholeIn(tiers.length, { min: 1, max: tiersMax }, [...path, 'tiers']),
    ...tiers.flatMap((tier, index) => own(tier, [...path, 'tiers', index])),
    ...tiers.flatMap((tier, index) => risingProblems(tier, tiers[index - 1], [...path, 'tiers', index, 'from'])),
  ];
}

function risingProblems({ from }: Tier, before: Tier | undefined, path: DataProblem['path']): DataProblem[] {
  return expected(before === undefined || from > before.from, { path, code: 'NOT_RISING', message: `expected more than the tier before, came ${from}` });
}

function targetsOf(effect: Effect, path: DataProblem['path']): [Target, DataProblem['path']][] {
  switch (effect.kind) {
    case 'BUNDLE_PRICE': return effect.items.map(({ target }, index) => [target, [...path, 'items', index, 'target']]);
    case 'BUY_X_GET_Y': return [[effect.buy.target, [...path, 'buy', 'target']], [effect.get.target, [...path, 'get', 'target']]];
    case 'GIFT': return [];
    default: return effect.target === null ? [] : [[effect.target, [...path, 'target']]];
  }
}

function targetProblems(target: Target, path: DataProblem['path']): DataProblem[] {
  const lists = ['ids', 'categoryIds', 'vendorIds', 'productTypes', 'excludedIds', 'excludedCategoryIds'] as const;
  return [
    ...lists.flatMap((list) => fewOf(target[list], [...path, list])),
    ...target.attributes.flatMap(({ code, values }, index) => [...someOf([code], [...path, 'attributes', index, 'code']), ...someOf(values, [...path, 'attributes', index, 'values'])]),
  ];
}
