import { MinorUnits } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { TierOff } from './promotion-enums.js';

/** Values of an attribute. */
@ObjectType('PromotionAttributeFields')
@InputType('PromotionAttributeFieldsInput')
abstract class AttributeFields {
  @Field(() => String, { description: 'The key of the attribute, as product types define it.' }) code: string;
  @Field(() => [String], { description: 'Values of which one must be there, at most 250.' }) values: string[];
}

/** Values of an attribute. */
@ObjectType({ description: 'Values of an attribute, of which one must be there.' })
export class PromotionAttribute extends AttributeFields {}
/** The same as somebody names them. */
@InputType({ description: 'Values of an attribute, of which one must be there.' })
export class PromotionAttributeInput extends AttributeFields {}

/** Which goods. */
@ObjectType('PromotionTargetFields')
@InputType('PromotionTargetFieldsInput')
abstract class TargetFields {
  @Field(() => [ID], { nullable: true, description: 'Products, variants or offers, at most 250.' }) ids?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Categories with all below them, at most 250.' }) categoryIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Vendors whose goods it is about, at most 250.' }) vendorIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Keys of product types, at most 250.' }) productTypes?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Products, variants or offers left out, at most 250.' }) excludedIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Categories left out, at most 250.' }) excludedCategoryIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether goods that anything made cheaper already are left out.' }) excludesDiscounted?: boolean | null;
}

/** Which goods. */
@ObjectType({ description: 'Which goods: all lists that are given must hold, each by one of its values.' })
export class PromotionTarget extends TargetFields {
  @Field(() => [PromotionAttribute], { nullable: true, description: 'Attributes, each of which must hold by one value.' }) attributes?: PromotionAttribute[] | null;
}
/** The same as somebody names it. */
@InputType({ description: 'Which goods: all lists that are given must hold, each by one of its values.' })
export class PromotionTargetInput extends TargetFields {
  @Field(() => [PromotionAttributeInput], { nullable: true, description: 'Attributes, each of which must hold by one value.' }) attributes?: PromotionAttributeInput[] | null;
}

/** So many pieces of goods. */
@ObjectType({ description: 'So many pieces of some goods.' })
export class PromotionPieces {
  @Field(() => PromotionTarget, { nullable: true, description: 'Which goods; all where null.' }) target?: PromotionTarget | null;
  @Field(() => Int, { description: 'How many pieces of them, at least 1.' }) quantity: number;
}
/** The same as somebody names it. */
@InputType({ description: 'So many pieces of some goods.' })
export class PromotionPiecesInput {
  @Field(() => PromotionTargetInput, { nullable: true, description: 'Which goods; all when left out.' }) target?: PromotionTargetInput | null;
  @Field(() => Int, { description: 'How many pieces of them, at least 1.' }) quantity: number;
}

/** One step of a scale. */
@ObjectType('PromotionTierFields')
@InputType('PromotionTierFieldsInput')
abstract class TierFields {
  @Field(() => MinorUnits, { description: 'From how many pieces or minor units on.' }) from: number;
  @Field(() => TierOff, { description: 'What this step takes off.' }) off: TierOff;
  @Field(() => Int, { nullable: true, description: 'The percentage in parts per million, for PERCENT.' }) ppm?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'The amount in minor units, for AMOUNT.' }) amountMinor?: number | null;
}

/** One step of a scale. */
@ObjectType({ description: 'One step of a scale: from so much on, so much is off.' })
export class PromotionTier extends TierFields {}
/** The same as somebody names it. */
@InputType({ description: 'One step of a scale: from so much on, so much is off.' })
export class PromotionTierInput extends TierFields {}
