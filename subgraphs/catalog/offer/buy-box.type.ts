import { Field, Int, ObjectType } from 'type-graphql';
import { BuyBoxReasons, type BuyBoxReason } from './buy-box-reason.js';
import { Offer } from './offer.type.js';

/** An offer's place among the offers of its variant. */
@ObjectType({ description: "An offer's place among the offers of its variant, and why it has it." })
export class BuyBoxEntry {
  @Field(() => Offer, { nullable: true, description: 'The offer that has this place.' }) offer: Offer;
  @Field(() => Int, { description: 'Its place, counted from 1; the first one is the best offer.' }) rank: number;
  @Field(() => Boolean, { description: 'Whether it can be bought now, as far as the catalogue knows.' }) isEligible: boolean;
  @Field(() => [BuyBoxReasons], { description: 'Why it is first, behind the first one, or cannot be bought.' }) reasons: BuyBoxReason[];
}
