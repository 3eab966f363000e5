import type { promotionState } from '@haat/schema/events/pricing';
import type { z } from 'zod';
import type { Target } from '../engine/effect.js';
import { PromotionState } from './promotion-enums.js';
import type { Promotion } from './promotion.js';

/** A promotion as its events say it: what it is limited to, by conditions and by what its effects are given on. */
export function promotionStateOf({ id, name, class: kind, vendorId, startsAt, endsAt, conditions, effects }: Promotion): z.infer<typeof promotionState> {
  const targets: Target[] = effects.flatMap((effect) => ('target' in effect && effect.target ? [effect.target] : []));
  const named = (of: (target: Target) => readonly string[], conditioned: readonly string[]): string[] => [...new Set([...targets.flatMap(of), ...conditioned])].sort();
  return {
    promotionId: id, name, class: kind,
    vendorIds: [...new Set([...(vendorId ? [vendorId] : []), ...named((target) => target.vendorIds, conditions.flatMap((one) => (one.kind === 'VENDOR' ? one.vendorIds : [])))])],
    productIds: named((target) => target.ids, conditions.flatMap((one) => (one.kind === 'PRODUCT' ? one.ids : []))),
    categoryIds: named((target) => target.categoryIds, conditions.flatMap((one) => (one.kind === 'CATEGORY' ? one.categoryIds : []))),
    ...(startsAt && { from: startsAt.toISOString() }), ...(endsAt && { until: endsAt.toISOString() }),
  };
}

/** Where something with a beginning and an end is, and when that changes by itself. */
export function stateAt(now: Date, { startsAt, endsAt }: { readonly startsAt: Date | null; readonly endsAt: Date | null }): { readonly state: PromotionState; readonly dueAt: Date | null } {
  if (endsAt && endsAt <= now) return { state: PromotionState.ENDED, dueAt: null };
  if (startsAt && startsAt > now) return { state: PromotionState.SCHEDULED, dueAt: startsAt };
  return { state: PromotionState.ACTIVE, dueAt: endsAt };
}
