import { connectionOf } from '@haat/kit/page';
import { Problem } from '@haat/kit/problem';
import { CountryCode, DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { BuyerKind } from '../price-list/price-list.js';

/** Why a rate is what it is. */
export enum TaxReason {
  STANDARD = 'STANDARD', REDUCED = 'REDUCED', EXEMPT = 'EXEMPT', ZERO_RATED = 'ZERO_RATED', REVERSE_CHARGE = 'REVERSE_CHARGE', EXPORT = 'EXPORT', OUT_OF_SCOPE = 'OUT_OF_SCOPE',
}

registerEnumType(TaxReason, {
  name: 'TaxReason',
  description: 'Why a tax is what it is; the last five are zero.',
  valuesConfig: {
    STANDARD: { description: 'The rate that holds where nothing else is said.' },
    REDUCED: { description: 'A lower rate, for goods the law favours.' },
    EXEMPT: { description: 'Not taxed, by law, because of the goods.' },
    ZERO_RATED: { description: 'Taxed, at a rate of zero.' },
    REVERSE_CHARGE: { description: 'The buyer, a company, owes the tax itself.' },
    EXPORT: { description: 'The goods leave the country.' },
    OUT_OF_SCOPE: { description: 'No tax of this kind covers it.' },
  },
});

/** Goods that are taxed alike. */
@ObjectType({ description: 'Goods that are taxed alike; product types name one by its key.' })
@Entity({ name: 'tax_class' })
export class TaxClass extends TenantRow {
  @Field(() => ID, { description: 'Names the class for good; begins with txc_.' }) override id!: string;
  @Field(() => String, { description: 'What product types call it, such as standard or reduced; never changes.' }) @Column({ type: 'text' }) key: string;
  @Field(() => String, { description: 'What people call it, 1 to 120 characters.' }) @Column({ type: 'text' }) name: string;
}

/** There is no such class. */
@ObjectType({ implements: Problem, description: 'There is no tax class of that key; make one by saveTaxClass first.' })
export class TaxClassUnknown extends Problem {
  @Field(() => String, { description: 'The key that was asked for.' }) key: string;

  static of(key: string): TaxClassUnknown {
    return Object.assign(new TaxClassUnknown(), { message: `There is no tax class “${key}”. Make one first.`, key });
  }
}

/** One tax of one class in one place. */
@ObjectType({ description: 'One tax of one class of goods in one place.' })
@Entity({ name: 'tax_rate' })
export class TaxRate extends TenantRow {
  @Field(() => ID, { description: 'Names the rate for good; begins with txr_.' }) override id!: string;
  @Field(() => String, { description: 'What tax it is, such as VAT: of several with one code the most specific counts.' }) @Column({ type: 'text' }) code: string;
  @Field(() => String, { description: 'The key of the class of goods it is of.' }) @Column({ type: 'text' }) taxClass: string;
  @Field(() => CountryCode, { description: 'The country that goods go to.' }) @Column({ type: 'char', length: 2 }) country: string;
  @Field(() => String, { nullable: true, description: 'The region of the country, by its code of ISO 3166-2 or a name; the whole country where null.' }) @Column({ type: 'text', nullable: true }) region: string | null;
  @Field(() => [String], { description: 'Other names that addresses have for the region, such as New York for NY.' }) @Column({ type: 'text', array: true }) regionNames: string[];
  @Field(() => [String], { description: 'Beginnings of postal codes; everywhere in the region where empty.' }) @Column({ type: 'text', array: true }) postalPrefixes: string[];
  @Field(() => [BuyerKind], { description: 'Kinds of buyers it is for; everybody where empty.' }) @Column({ type: 'text', array: true }) buyerKinds: BuyerKind[];
  @Field(() => DateTime, { nullable: true, name: 'from', description: 'From when on it holds; always where null.' }) @Column({ type: 'timestamptz', nullable: true }) startsAt: Date | null;
  @Field(() => DateTime, { nullable: true, name: 'until', description: 'Until when it holds; for ever where null.' }) @Column({ type: 'timestamptz', nullable: true }) endsAt: Date | null;
  @Field(() => String, { description: 'Whose tax it is: a country by ISO 3166-1 or a part of it by ISO 3166-2.' }) @Column({ type: 'text' }) jurisdiction: string;
  @Field(() => String, { description: 'What invoices call it, such as VAT 15 %.' }) @Column({ type: 'text' }) name: string;
  @Field(() => Int, { description: 'The rate in parts per million: 150000 is 15 %.' }) @Column({ type: 'int' }) ratePpm: number;
  @Field(() => Int, { description: 'The part of the price that is taxed, in parts per million.' }) @Column({ type: 'int' }) basePpm: number;
  @Field(() => Boolean, { description: 'Whether it is taken of the price with the taxes before it.' }) @Column({ type: 'boolean' }) isCompound: boolean;
  @Field(() => Int, { description: 'Its place among the taxes of a line, the lowest first.' }) @Column({ type: 'int' }) position: number;
  @Field(() => TaxReason, { description: 'Why the rate is what it is.' }) @Column({ type: 'text' }) reason: TaxReason;
}

/** Pages of both. */
export const { Connection: TaxClassConnection } = connectionOf(TaxClass, { name: 'TaxClass', description: 'Classes of goods that are taxed alike, by their keys.' });
export const { Connection: TaxRateConnection } = connectionOf(TaxRate, { name: 'TaxRate', description: 'Rates of taxes, by country, then the one made first in front.' });
