import { MinorUnits } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PromotionEffectKind, PromotionScope, TierMeasure } from './promotion-enums.js';
import { PromotionPieces, PromotionPiecesInput, PromotionTarget, PromotionTargetInput, PromotionTier, PromotionTierInput } from './promotion-target.js';

/** An effect with the plain parts of every kind: which of them belong to it is in {@link effectParts}. */
@ObjectType('PromotionEffectFields')
@InputType('PromotionEffectFieldsInput')
abstract class EffectFields {
  @Field(() => PromotionEffectKind, { description: 'What is given; says which other fields belong to it.' }) kind: PromotionEffectKind;
  @Field(() => Int, { nullable: true, description: 'PERCENT_OFF, BUY_X_GET_Y: in parts per million, 1000000 is free.' }) ppm?: number | null;
  @Field(() => PromotionScope, { nullable: true, description: 'PERCENT_OFF, AMOUNT_OFF, TIERED: what it is given on.' }) on?: PromotionScope | null;
  @Field(() => MinorUnits, { nullable: true, description: 'AMOUNT_OFF: how much is taken off.' }) amountMinor?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'FIXED_PRICE, BUNDLE_PRICE: what it costs then.' }) priceMinor?: number | null;
  @Field(() => Int, { nullable: true, description: 'BUNDLE_PRICE, CHEAPEST_FREE, BUY_X_GET_Y: how often at most; any number when left out.' }) timesMax?: number | null;
  @Field(() => TierMeasure, { nullable: true, description: 'TIERED: what the steps are measured by.' }) by?: TierMeasure | null;
  @Field(() => Int, { nullable: true, description: 'CHEAPEST_FREE: how many pieces are free.' }) pieces?: number | null;
  @Field(() => Int, { nullable: true, description: 'CHEAPEST_FREE: of every so many pieces.' }) ofEvery?: number | null;
  @Field(() => ID, { nullable: true, description: 'GIFT: the offer that is given.' }) offerId?: string | null;
  @Field(() => Int, { nullable: true, description: 'GIFT: how many pieces of it.' }) quantity?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'FREE_SHIPPING: the most that is taken off one delivery.' }) capMinor?: number | null;
}

/** What is given. */
@ObjectType({ description: 'What a promotion gives; each of its effects works on what the one before it left.' })
export class PromotionEffect extends EffectFields {
  @Field(() => PromotionTarget, { nullable: true, description: 'Which goods; those that the conditions name where null.' }) target?: PromotionTarget | null;
  @Field(() => [PromotionPieces], { nullable: true, description: 'BUNDLE_PRICE: what belongs to the bundle.' }) items?: PromotionPieces[] | null;
  @Field(() => PromotionPieces, { nullable: true, description: 'BUY_X_GET_Y: what has to be bought.' }) buy?: PromotionPieces | null;
  @Field(() => PromotionPieces, { nullable: true, description: 'BUY_X_GET_Y: what is cheaper then.' }) get?: PromotionPieces | null;
  @Field(() => [PromotionTier], { nullable: true, description: 'TIERED: the steps, rising.' }) tiers?: PromotionTier[] | null;
}
/** The same as somebody names it. */
@InputType({ description: 'What a promotion gives; fields of other kinds than its own are refused.' })
export class PromotionEffectInput extends EffectFields {
  @Field(() => PromotionTargetInput, { nullable: true, description: 'Which goods; those that the conditions name when left out.' }) target?: PromotionTargetInput | null;
  @Field(() => [PromotionPiecesInput], { nullable: true, description: 'BUNDLE_PRICE: what belongs to the bundle, 1 to 10.' }) items?: PromotionPiecesInput[] | null;
  @Field(() => PromotionPiecesInput, { nullable: true, description: 'BUY_X_GET_Y: what has to be bought.' }) buy?: PromotionPiecesInput | null;
  @Field(() => PromotionPiecesInput, { nullable: true, description: 'BUY_X_GET_Y: what is cheaper then.' }) get?: PromotionPiecesInput | null;
  @Field(() => [PromotionTierInput], { nullable: true, description: 'TIERED: the steps, rising, 1 to 20.' }) tiers?: PromotionTierInput[] | null;
}

/** The parts of each kind, with what stands for those that are left out; undefined must be given. */
export const effectParts: Readonly<Record<PromotionEffectKind, Readonly<Record<string, unknown>>>> = {
  PERCENT_OFF: { ppm: undefined, on: undefined, target: null },
  AMOUNT_OFF: { amountMinor: undefined, on: undefined, target: null },
  FIXED_PRICE: { priceMinor: undefined, target: null },
  BUNDLE_PRICE: { items: undefined, priceMinor: undefined, timesMax: null },
  TIERED: { by: undefined, on: undefined, tiers: undefined, target: null },
  CHEAPEST_FREE: { pieces: undefined, ofEvery: undefined, timesMax: null, target: null },
  BUY_X_GET_Y: { buy: undefined, get: undefined, ppm: 1_000_000, timesMax: null },
  GIFT: { offerId: undefined, quantity: 1 },
  FREE_SHIPPING: { capMinor: null, target: null },
};
