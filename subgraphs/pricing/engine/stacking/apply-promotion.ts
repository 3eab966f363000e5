import type { Charge } from '../charge.js';
import { checkConditions } from '../conditions/check-conditions.js';
import { viewOf, type ConditionView } from '../conditions/condition-view.js';
import { wishesOf } from '../effects/wishes-of.js';
import type { PromotionEntry } from '../promotion-entry.js';
import { cannot, together, type Shortfall } from '../shortfall.js';
import type { WorkingCart } from '../working-cart.js';
import { reachOf } from './reach-of.js';
import { settle, type Allowance } from './settle.js';
import { take } from './take.js';

/** What came of a promotion so far. */
interface Progress {
  givenMinor: number;
  readonly touched: Set<Charge>;
  readonly shortfalls: Shortfall[];
  /** It gives something that is no money now: a gift, or a delivery that is not chosen yet. */
  isOwed: boolean;
}

/** Lets a promotion take from a cart what it is to take, or says why not. */
export function applyPromotion(cart: WorkingCart, entry: PromotionEntry): void {
  const view = viewOf(cart, entry);
  if (view.lines.length === 0) return reject(cart, entry, cannot('NO_MATCHING_GOODS'));
  const shortfall = checkConditions(view);
  if (shortfall !== null) return reject(cart, entry, shortfall);
  const progress: Progress = { givenMinor: 0, touched: new Set(), shortfalls: [], isOwed: false };
  entry.promotion.effects.forEach((_, index) => giveEffect(cart, view, { index, progress }));
  if (progress.touched.size === 0 && !progress.isOwed) return reject(cart, entry, whyNothing(progress));
  accept(cart, entry, progress);
}

function giveEffect(cart: WorkingCart, view: ConditionView, { index, progress }: { readonly index: number; readonly progress: Progress }): void {
  const { promotion, coupon } = view.entry;
  const effect = promotion.effects[index];
  if (effect === undefined) return;
  const reach = reachOf(view, effect);
  const { wishes, gifts, shortfall } = wishesOf(effect, reach);
  const { grants, cuts } = settle(wishes, allowanceOf(view.entry, progress.givenMinor));
  for (const grant of grants) {
    take(cart, { ...promotion, couponCode: coupon?.code ?? null }, grant);
    progress.givenMinor += grant.givenMinor;
    for (const { charge } of grant.parts) progress.touched.add(charge);
  }
  cart.cuts.push(...cuts.map((cut) => ({ promotionId: promotion.promotionId, ...cut })));
  cart.gifts.push(...gifts.map((gift) => ({ promotionId: promotion.promotionId, ...gift })));
  progress.isOwed ||= gifts.length > 0 || reach.deliveries.some(({ opened }) => opened.methodId === null);
  if (reach.isBlocked) progress.shortfalls.push(cannot('NOT_COMBINABLE'));
  else if (shortfall !== null) progress.shortfalls.push(shortfall);
}

function allowanceOf({ promotion, budget }: PromotionEntry, givenMinor: number): Allowance | null {
  const allowances: Allowance[] = [];
  if (budget !== null) allowances.push({ leftMinor: Math.max(0, budget.leftMinor - givenMinor), why: 'BUDGET' });
  if (promotion.maxDiscountMinor !== null) allowances.push({ leftMinor: Math.max(0, promotion.maxDiscountMinor - givenMinor), why: 'MAX_DISCOUNT' });
  return allowances.reduce<Allowance | null>((least, one) => (least === null || one.leftMinor < least.leftMinor ? one : least), null);
}

function whyNothing({ shortfalls }: Progress): Shortfall {
  return together(shortfalls) ?? cannot('NO_MATCHING_GOODS');
}

function accept(cart: WorkingCart, { promotion, coupon, budget }: PromotionEntry, progress: Progress): void {
  const { promotionId, name, class: of } = promotion;
  const amountMinor = progress.givenMinor;
  for (const charge of progress.touched) charge.touches.push(promotion);
  cart.applied.push({ promotionId, couponCode: coupon?.code ?? null, name, class: of, amountMinor });
  if (coupon !== null && amountMinor > 0) cart.redemptions.push({ couponId: coupon.couponId, code: coupon.code, promotionId, amountMinor });
  if (budget !== null && amountMinor > 0) cart.budgets.push({ promotionId, amountMinor });
  if (amountMinor > 0 && promotion.conditions.some(({ kind }) => kind === 'NTH_ORDER')) cart.byNumber.push(promotionId);
}

function reject(cart: WorkingCart, { promotion, coupon }: PromotionEntry, shortfall: Shortfall): void {
  cart.rejected.push({ promotionId: promotion.promotionId, couponCode: coupon?.code ?? null, name: promotion.name, ...shortfall });
}
