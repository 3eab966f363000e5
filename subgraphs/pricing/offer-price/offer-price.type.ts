import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { OfferPriceRow } from './offer-price.row.js';

/** What everybody pays for one piece of an offer. */
@ObjectType({ description: 'What everybody pays for one piece of an offer now, after catalogue promotions and flash sales.' })
export class OfferPrice {
  @Field(() => Money, { description: 'For one piece, in the currency of the marketplace.' }) current: Money;
  @Field(() => Money, { nullable: true, description: 'What is shown struck through beside it; null where it is not reduced.' }) compareAt: Money | null;
  @Field(() => Boolean, { description: 'Whether the price holds the taxes of the own country already.' }) taxIncluded: boolean;
  @Field(() => Money, { nullable: true, description: 'The lowest price of the 30 days before the present price began; null where it had none then.' }) lowest30Days: Money | null;
  @Field(() => DateTime, { nullable: true, description: 'When the present price ends by itself; null where no end is known.' }) endsAt: Date | null;

  /** Null where the offer has no price. */
  static of({ currentMinor, compareAtMinor, lowestMinor, currency, isTaxIncluded, endsAt }: OfferPriceRow): OfferPrice | null {
    if (currentMinor === null) return null;
    const money = (minor: number | null): Money | null => (minor === null ? null : Money.of(minor, currency));
    return Object.assign(new OfferPrice(), {
      current: Money.of(currentMinor, currency), compareAt: money(compareAtMinor), lowest30Days: money(lowestMinor), taxIncluded: isTaxIncluded, endsAt,
    });
  }
}

/** Others' entity, which we give its price. */
@ObjectType('Offer')
@Directive('@key(fields: "id")')
export class Offer {
  @Field(() => ID) id: string;
}

/** Others' entity, which we give the prices of its offers. */
@ObjectType('ProductVariant')
@Directive('@key(fields: "id")')
export class ProductVariant {
  @Field(() => ID) id: string;
}
