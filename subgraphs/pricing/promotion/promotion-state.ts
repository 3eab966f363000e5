import type { promotionState } from '@haat/schema/events/pricing';
import type { z } from 'zod';
import type { PricingTx } from '../context.js';
import type { Target } from '../engine/effect.js';
import { productsNamed, promotedGoodsOf, type ProductOf } from './promoted-goods.js';
import { PromotionState } from './promotion-enums.js';
import type { Promotion } from './promotion.js';

/** A promotion as its events say it. */
export async function promotionStateOf(tx: PricingTx, promotion: Promotion): Promise<z.infer<typeof promotionState>> {
  return stateOf(promotion, await productsNamed(tx, [promotion]));
}

/** Promotions as their events say them, in their order; one statement at most. */
export async function promotionStatesOf(tx: PricingTx, promotions: readonly Promotion[]): Promise<z.infer<typeof promotionState>[]> {
  const productOf = await productsNamed(tx, promotions);
  return promotions.map((promotion) => stateOf(promotion, productOf));
}

/** The three lists are what events said before `goods`, and stay for those who read them. */
function stateOf(promotion: Promotion, productOf: ProductOf): z.infer<typeof promotionState> {
  const { id, name, class: kind, vendorId, startsAt, endsAt, conditions, effects } = promotion;
  const targets: Target[] = effects.flatMap((effect) => ('target' in effect && effect.target ? [effect.target] : []));
  const named = (of: (target: Target) => readonly string[], conditioned: readonly string[]): string[] => [...new Set([...targets.flatMap(of), ...conditioned])].sort();
  return {
    promotionId: id, name, class: kind,
    vendorIds: [...new Set([...(vendorId ? [vendorId] : []), ...named((target) => target.vendorIds, conditions.flatMap((one) => (one.kind === 'VENDOR' ? one.vendorIds : [])))])],
    productIds: named((target) => target.ids, conditions.flatMap((one) => (one.kind === 'PRODUCT' ? one.ids : []))),
    categoryIds: named((target) => target.categoryIds, conditions.flatMap((one) => (one.kind === 'CATEGORY' ? one.categoryIds : []))),
    goods: promotedGoodsOf(promotion, productOf),
    ...(startsAt && { from: startsAt.toISOString() }), ...(endsAt && { until: endsAt.toISOString() }),
  };
}

/** Where something with a beginning and an end is, and when that changes by itself. */
export function stateAt(now: Date, { startsAt, endsAt }: { readonly startsAt: Date | null; readonly endsAt: Date | null }): { readonly state: PromotionState; readonly dueAt: Date | null } {
  if (endsAt && endsAt <= now) return { state: PromotionState.ENDED, dueAt: null };
  if (startsAt && startsAt > now) return { state: PromotionState.SCHEDULED, dueAt: startsAt };
  return { state: PromotionState.ACTIVE, dueAt: endsAt };
}
