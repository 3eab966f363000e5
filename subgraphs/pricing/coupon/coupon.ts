import { connectionOf } from '@haat/kit/page';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** A code that opens a promotion, with its limits. */
@ObjectType({ description: 'A code that opens a promotion to whoever has it, within its limits.' })
@Entity({ name: 'coupon' })
export class Coupon extends TenantRow {
  @Field(() => ID, { description: 'Names the coupon for good; begins with cpn_.' }) override id!: string;
  @Field(() => ID, { description: 'The promotion that it opens.' }) @Column({ type: 'text' }) promotionId: string;
  @Field(() => String, { description: 'The code in upper case, unique in the marketplace.' }) @Column({ type: 'text' }) code: string;
  @Field(() => DateTime, { nullable: true, name: 'from', description: 'From when on it is good; always where null.' }) @Column({ type: 'timestamptz', nullable: true }) startsAt: Date | null;
  @Field(() => DateTime, { nullable: true, name: 'until', description: 'Until when it is good; as long as its promotion where null.' }) @Column({ type: 'timestamptz', nullable: true }) endsAt: Date | null;
  @Field(() => Boolean, { description: 'Whether staff switched it off.' }) @Column({ type: 'boolean' }) isEnded: boolean;
  @Field(() => Int, { nullable: true, description: 'How many orders may use it; any number where null.' }) @Column({ type: 'int', nullable: true }) usesMax: number | null;
  @Field(() => Int, { description: 'How many orders use it now; one that dies gives it back.' }) @Column({ type: 'int' }) used: number;
  @Field(() => Int, { nullable: true, description: 'How many orders of one customer may use it; any number where null.' }) @Column({ type: 'int', nullable: true }) usesPerBuyerMax: number | null;
  @Field(() => Int, { nullable: true, description: 'How many orders of one day may use it; any number where null.' }) @Column({ type: 'int', nullable: true }) usesPerDayMax: number | null;
  @Field(() => Boolean, { description: 'Whether it is for the first order of a customer alone.' }) @Column({ type: 'boolean' }) isForFirstOrder: boolean;
  @Field(() => [ID], { description: 'The only people it is for; everybody where empty.' }) @Column({ type: 'text', array: true }) userIds: string[];
  @Column({ type: 'text', array: true }) emailHashes: string[];
}

/** A page of coupons. */
export const { Connection: CouponConnection } = connectionOf(Coupon, { name: 'Coupon', description: 'Coupons, the one made last in front.', totalCount: true });
