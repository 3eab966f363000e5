import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '@haat/kit/scalars';
import type { StockLevelRow } from './stock-level.row.js';

/** What shoppers may know of an offer's stock. */
@ObjectType({ description: 'What shoppers may know of the stock of an offer, over all warehouses.' })
export class OfferAvailability {
  @Field(() => Int, { description: 'Pieces that can be bought now, shown up to a cap that the marketplace sets.' }) available: number;
  @Field(() => Boolean, { description: 'Whether at least one piece can be bought now.' }) inStock: boolean;
  @Field(() => Boolean, { description: 'Whether more may be ordered than lies on the shelves.' }) backorder: boolean;
  @Field(() => DateTime, { nullable: true, description: 'When more is expected; null where nobody said.' }) restockAt: Date | null;
}

/** A vendor's offer; catalog owns it, and we add its stock. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Offer {
  @Field(() => ID) id: string;
}

/** Pieces of an offer in one warehouse as its keeper sees them. */
@ObjectType({ description: 'Pieces of one offer in one warehouse; for the vendor\'s merchants and operators.' })
export class StockLevel {
  @Field(() => Int, { description: 'Pieces that lie on the shelf, sold ones among them.' }) onHand: number;
  @Field(() => Int, { description: 'Pieces that are sold and not sent yet.' }) allocated: number;
  @Field(() => Int, { description: 'Pieces that checkouts hold for a while.' }) reserved: number;
  @Field(() => Int, { description: 'Pieces that are never sold, for miscounts and breakage.' }) safety: number;
  @Field(() => Int, { description: 'Pieces that can be bought now: on hand less allocated, reserved and safety, plus what may be backordered.' }) available: number;
  @Field(() => Int, { description: 'Pieces that may be sold beyond what lies there.' }) backorderLimit: number;
  @Field(() => Int, { description: 'At this many available pieces or fewer the level counts as low.' }) lowAt: number;
  @Field(() => Boolean, { description: 'Whether the available pieces are at or below the threshold.' }) isLow: boolean;

  readonly row: StockLevelRow;

  @Field(() => Offer, { nullable: true, description: 'The offer itself; null where it is gone or cannot be read.' })
  get offer(): Offer {
    return Object.assign(new Offer(), { id: this.row.offerId });
  }

  static of(row: StockLevelRow): StockLevel {
    const { onHand, allocated, reserved, safety, available, backorderLimit, lowAt, isLow } = row;
    return Object.assign(new StockLevel(), { row, onHand, allocated, reserved, safety, available, backorderLimit, lowAt, isLow });
  }
}

