import { minorColumn, Money } from '@haat/kit/money';
import { connectionOf } from '@haat/kit/page';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** A price as it was set: of an offer, for a list or none, from a quantity on, for a time. */
@ObjectType({ description: 'A price as it was set. Which of them holds for a buyer is decided when something is priced.' })
@Entity({ name: 'price' })
export class Price extends TenantRow {
  @Field(() => ID, { description: 'Names the price; begins with prc_.' }) override id!: string;
  @Field(() => ID, { description: 'The offer it is of; begins with ofr_.' }) @Column({ type: 'text' }) offerId: string;
  @Field(() => ID, { nullable: true, description: "The price list it belongs to; the offer's own price where null." }) @Column({ type: 'text', nullable: true }) priceListId: string | null;
  @Column({ type: 'char', length: 3 }) currency: string;
  @Column({ type: 'bigint', transformer: minorColumn }) amountMinor: number;
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) compareAtMinor: number | null;
  @Field(() => Int, { description: 'From how many pieces in a cart on it holds.' }) @Column({ type: 'int' }) minQuantity: number;
  @Field(() => DateTime, { nullable: true, name: 'from', description: 'From when on it holds; always where null.' }) @Column({ type: 'timestamptz', nullable: true }) startsAt: Date | null;
  @Field(() => DateTime, { nullable: true, name: 'until', description: 'Until when it holds; for ever where null.' }) @Column({ type: 'timestamptz', nullable: true }) endsAt: Date | null;

  @Field(() => Money, { description: 'For one piece, before promotions.' })
  get amount(): Money {
    return Money.of(this.amountMinor, this.currency);
  }

  @Field(() => Money, { nullable: true, description: 'What is shown struck through beside it; null where nothing was said.' })
  get compareAt(): Money | null {
    return this.compareAtMinor === null ? null : Money.of(this.compareAtMinor, this.currency);
  }
}

/** A page of prices. */
export const { Connection: PriceConnection } = connectionOf(Price, { name: 'Price', description: 'The prices of one offer, the one made first in front.', totalCount: true });
