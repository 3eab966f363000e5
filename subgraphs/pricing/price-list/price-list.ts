import { CountryCode, DateTime } from '@haat/kit/scalars';
import { connectionOf } from '@haat/kit/page';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** Who buys, as rules tell buyers apart. */
export enum BuyerKind { GUEST = 'GUEST', PERSON = 'PERSON', COMPANY = 'COMPANY' }

registerEnumType(BuyerKind, {
  name: 'BuyerKind',
  description: 'Who buys, as prices, promotions and taxes tell buyers apart.',
  valuesConfig: {
    GUEST: { description: 'Somebody who has no account here.' },
    PERSON: { description: 'Somebody who is signed in.' },
    COMPANY: { description: 'Somebody who buys for a company.' },
  },
});

/** Prices that hold for some: for a group, a country, a time. */
@ObjectType({ description: 'Prices that hold for some buyers or for a time, before the offers\' own prices.' })
@Entity({ name: 'price_list' })
export class PriceList extends TenantRow {
  @Field(() => ID, { description: 'Names the list for good; begins with prl_.' }) override id!: string;
  @Field(() => String, { description: 'What staff call the list, unique in the marketplace.' }) @Column({ type: 'text' }) name: string;
  @Field(() => Int, { description: 'The list of the highest priority wins, where several hold.' }) @Column({ type: 'int' }) priority: number;
  @Field(() => [String], { description: 'Channels it is for; all where empty.' }) @Column({ type: 'text', array: true }) channels: string[];
  @Field(() => [String], { description: 'Groups of customers it is for; everybody where empty.' }) @Column({ type: 'text', array: true }) groups: string[];
  @Field(() => [ID], { description: 'Companies it is for; everybody where empty.' }) @Column({ type: 'text', array: true }) companyIds: string[];
  @Field(() => [BuyerKind], { description: 'Kinds of buyers it is for; everybody where empty.' }) @Column({ type: 'text', array: true }) buyerKinds: BuyerKind[];
  @Field(() => [CountryCode], { description: 'Countries that goods must go to; all where empty.' }) @Column({ type: 'text', array: true }) countries: string[];
  @Field(() => [ID], { description: 'Vendors whose offers it may price; all where empty.' }) @Column({ type: 'text', array: true }) vendorIds: string[];
  @Field(() => DateTime, { nullable: true, name: 'from', description: 'From when on it holds; always where null.' }) @Column({ type: 'timestamptz', nullable: true }) startsAt: Date | null;
  @Field(() => DateTime, { nullable: true, name: 'until', description: 'Until when it holds; for ever where null.' }) @Column({ type: 'timestamptz', nullable: true }) endsAt: Date | null;
  @Field(() => Boolean, { description: 'Whether staff ended it before its time.' }) @Column({ type: 'boolean' }) isEnded: boolean;
}

/** A page of price lists. */
export const { Connection: PriceListConnection } = connectionOf(PriceList, { name: 'PriceList', description: 'Price lists, the one made first in front.', totalCount: true });
