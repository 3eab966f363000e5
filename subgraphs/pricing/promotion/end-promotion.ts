import { promotionEnded } from '@haat/schema/events/pricing';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { mayPromote } from '../access/may.js';
import type { PricingTx } from '../context.js';
import { AlreadyEnded } from '../names.js';
import { priceAnew } from './price-anew.js';
import { PromotionClass, PromotionState } from './promotion-enums.js';
import { promotionStateOf } from './promotion-state.js';
import { Promotion } from './promotion.js';

/** The promotion to be ended. */
@InputType({ description: 'The promotion that shall count no more.' })
export class EndPromotionInput {
  @Field(() => ID, { description: 'The promotion; begins with prm_.' }) promotionId: string;
}

/** The promotion as it was ended. */
export const EndPromotionResult = resultOf('EndPromotionResult', 'The promotion as it was ended, or that it was before.', [Promotion, AlreadyEnded]);

/** Ends a promotion for good, before its time. Orders that hold it keep what they got. */
export async function endPromotion(tx: PricingTx, { promotionId }: EndPromotionInput): Promise<Promotion | AlreadyEnded> {
  const promotion = await tx.db.findOne(Promotion, { where: { id: promotionId }, lock: { mode: 'pessimistic_write' } });
  if (!promotion || !mayPromote(tx.viewer, promotion.vendorId)) throw notFound('promotion');
  if (promotion.state === PromotionState.ENDED) return AlreadyEnded.of('promotion');
  if (promotion.class === PromotionClass.CATALOGUE && !promotion.needsCoupon) await priceAnew(tx, { vendorId: promotion.vendorId, at: tx.clock.now() });
  return closePromotion(tx, promotion, tx.clock.now());
}

/** Writes that it counts no more, and says so. Where that is by its time, offers are due by themselves. */
export async function closePromotion(tx: PricingTx, promotion: Promotion, endsAt: Date): Promise<Promotion> {
  const ended = await tx.db.save(Object.assign(promotion, { state: PromotionState.ENDED, endsAt, dueAt: null, version: promotion.version + 1 }));
  await tx.emit(promotionEnded, { aggregate: { id: ended.id, version: ended.version }, payload: await promotionStateOf(tx, ended) });
  return ended;
}
