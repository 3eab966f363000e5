import { Money } from '@haat/kit/money';
import { MoneyInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CommissionTakenOf, type CommissionRuleRow, type CommissionTermsRow } from './commission-rule.js';
import { noTerms } from './quote-commission.js';

/** One rule, as operators see it. */
@ObjectType({ description: 'One rule by which the marketplace takes its part; everything it names must hold.' })
export class CommissionRule {
  @Field(() => ID, { description: 'Names the rule on orders for good; begins with vrul_.' }) id: string;
  @Field(() => String, { description: 'What operators call the rule, 1 to 120 characters.' }) name: string;
  @Field(() => [ID], { description: 'Only sales of these vendors; any vendor where empty.' }) vendorIds: string[];
  @Field(() => [ID], { description: 'Only products in these categories or below them; any where empty.' }) categoryIds: string[];
  @Field(() => [ID], { description: 'Only these products; any product where empty.' }) productIds: string[];
  @Field(() => Money, { nullable: true, description: 'Only where one piece costs this or more.' }) priceFrom: Money | null;
  @Field(() => Money, { nullable: true, description: 'Only where one piece costs less than this.' }) priceTo: Money | null;
  @Field(() => Int, { description: 'Share of the line in parts per million: 100000 is 10 %.' }) ratePpm: number;
  @Field(() => Money, { description: 'Amount for each piece, on top of the share.' }) fixed: Money;
  @Field(() => Money, { nullable: true, description: 'At least this of each line, but never more than the line.' }) min: Money | null;
  @Field(() => Money, { nullable: true, description: 'At most this of each line.' }) max: Money | null;

  static of(row: CommissionRuleRow, currency: string): CommissionRule {
    const { id, name, vendorIds, categoryIds, productIds, ratePpm } = row;
    const money = (minor: number | null) => (minor === null ? null : Money.of(minor, currency));
    const amounts = { priceFrom: money(row.priceFromMinor), priceTo: money(row.priceToMinor), fixed: Money.of(row.fixedMinor, currency), min: money(row.minMinor), max: money(row.maxMinor) };
    return Object.assign(new CommissionRule(), { id, name, vendorIds, categoryIds, productIds, ratePpm, ...amounts });
  }
}

/** What the marketplace takes of sales. */
@ObjectType({ description: 'What the marketplace takes of each sale; operators only.' })
export class CommissionSettings {
  @Field(() => [CommissionRule], { description: 'The rules in their order; the first that matches wins.' }) rules: CommissionRule[];
  @Field(() => Int, { description: 'Tax on what is taken, in parts per million.' }) taxRatePpm: number;
  @Field(() => Int, { description: 'Share of each delivery, in parts per million.' }) shippingRatePpm: number;
  @Field(() => CommissionTakenOf, { description: 'What of a line or delivery the shares are taken of.' }) takenOf: CommissionTakenOf;
  @Field(() => Int, { description: 'Counts up with each change; 0 before the first.' }) version: number;

  static of(rows: readonly CommissionRuleRow[], terms: CommissionTermsRow | null, currency: string): CommissionSettings {
    const { taxRatePpm, shippingRatePpm, takenOf } = terms ?? noTerms;
    return Object.assign(new CommissionSettings(), { rules: rows.map((row) => CommissionRule.of(row, currency)), taxRatePpm, shippingRatePpm, takenOf, version: terms?.version ?? 0 });
  }
}

/** One rule, as operators write it. */
@InputType({ description: 'One rule by which the marketplace is to take its part.' })
export class CommissionRuleInput {
  @Field(() => ID, { nullable: true, description: 'The rule that it takes the place of; a new one when left out.' }) id?: string | null;
  @Field(() => String, { description: 'What operators call the rule, 1 to 120 characters.' }) name: string;
  @Field(() => [ID], { nullable: true, description: 'Only sales of these vendors, at most 250.' }) vendorIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only products in these categories or below them, at most 250.' }) categoryIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only these products, at most 250.' }) productIds?: string[] | null;
  @Field(() => MoneyInput, { nullable: true, description: 'Only where one piece costs this or more.' }) priceFrom?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: 'Only where one piece costs less than this.' }) priceTo?: MoneyInput | null;
  @Field(() => Int, { description: 'Share of the line in parts per million, 0 to 1000000.' }) ratePpm: number;
  @Field(() => MoneyInput, { nullable: true, description: 'Amount for each piece, on top of the share; none when left out.' }) fixed?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: 'At least this of each line.' }) min?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: 'At most this of each line.' }) max?: MoneyInput | null;
}
