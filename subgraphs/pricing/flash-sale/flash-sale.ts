import { Money } from '@haat/kit/money';
import { connectionOf } from '@haat/kit/page';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { Offer } from '../offer-price/offer-price.type.js';
import { PromotionClass, PromotionState } from '../promotion/promotion-enums.js';

/** What one offer costs in a sale. */
@ObjectType({ description: 'What one offer costs in a flash sale, and how many pieces there are for that.' })
@Entity({ name: 'flash_sale_offer' })
export class FlashSaleOffer extends TenantRow {
  @Column({ type: 'text' }) flashSaleId: string;
  @Field(() => ID, { description: 'The offer that is in the sale; begins with ofr_.' }) @Column({ type: 'text' }) offerId: string;
  @Column({ type: 'char', length: 3 }) currency: string;
  @Column({ type: 'bigint', transformer: { to: (minor: number) => minor, from: Number } }) priceMinor: number;
  @Field(() => Int, { nullable: true, description: 'How many pieces are sold at this price; any number where null.' }) @Column({ type: 'int', nullable: true }) quota: number | null;
  @Field(() => Int, { description: 'How many of them orders have taken.' }) @Column({ type: 'int' }) taken: number;
  @Field(() => Int, { nullable: true, description: 'How many pieces one customer may have; any number where null.' }) @Column({ type: 'int', nullable: true }) perBuyerMax: number | null;

  @Field(() => Money, { description: 'For one piece, as long as the sale lasts.' })
  get price(): Money {
    return Money.of(this.priceMinor, this.currency);
  }

  @Field(() => Offer, { nullable: true, description: 'The offer itself; null where it is gone.' })
  get offer(): Offer {
    return Object.assign(new Offer(), { id: this.offerId });
  }
}

/** A sale for a time, with pieces of its own. */
@ObjectType({ description: 'A sale of some offers for a time, with pieces of its own. It comes before every other promotion.' })
@Entity({ name: 'flash_sale' })
export class FlashSale extends TenantRow {
  @Field(() => ID, { description: 'Names the sale for good; begins with fls_.' }) override id!: string;
  @Field(() => String, { description: 'What buyers read beside the discount.' }) @Column({ type: 'text' }) name: string;
  @Field(() => DateTime, { name: 'from', description: 'When the sale begins, by our clock.' }) @Column({ type: 'timestamptz' }) startsAt: Date;
  @Field(() => DateTime, { name: 'until', description: 'When the sale ends, by our clock.' }) @Column({ type: 'timestamptz' }) endsAt: Date;
  @Field(() => Int, { description: "The platform's part of the discount, in parts per million; the vendor bears the rest." }) @Column({ type: 'int' }) platformPpm: number;
  @Field(() => [PromotionClass], { description: 'Classes that may come on top of it on the same pieces.' }) @Column({ type: 'text', array: true }) combinesWith: PromotionClass[];
  @Field(() => PromotionState, { description: 'Whether it runs now.' }) @Column({ type: 'text' }) state: PromotionState;
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  @Column({ type: 'text', array: true }) vendorIds: string[];
}

/** A page of sales. */
export const { Connection: FlashSaleConnection } = connectionOf(FlashSale, { name: 'FlashSale', description: 'Flash sales, the one made last in front.', totalCount: true });
