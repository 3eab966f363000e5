import { MinorUnits } from '@haat/kit/scalars';
import { idText, listOf } from '@haat/kit/limits';
import { Field, Float, ID, InputType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { filterFacetsMax, filterValuesMax } from '../limits.js';

/** In which order products are listed. */
export enum SearchSort { RELEVANCE = 'RELEVANCE', PRICE_ASC = 'PRICE_ASC', PRICE_DESC = 'PRICE_DESC', NEWEST = 'NEWEST', TITLE = 'TITLE' }

registerEnumType(SearchSort, {
  name: 'SearchSort',
  description: 'In which order products are listed; ties by their ids.',
  valuesConfig: {
    RELEVANCE: { description: 'What fits best in front: words, stock and the boosts of staff. A collection of chosen products keeps its own order.' },
    PRICE_ASC: { description: 'The lowest price in front; products without one are last.' },
    PRICE_DESC: { description: 'The highest lowest price in front; products without one are last.' },
    NEWEST: { description: 'What was published last in front.' },
    TITLE: { description: "By title in the viewer's language, from its first letter on." },
  },
});

/** What a product's attribute must be. */
@InputType({ description: 'What an attribute of a product must be: one of the values, or within the range.' })
export class AttributeFilterInput {
  @Field(() => String, { description: 'The key of the attribute, such as width.' }) key: string;
  @Field(() => [String], { nullable: true, description: 'Of which it must have one: texts, choice keys, dates, colours, true or false; at most 50.' }) values?: string[] | null;
  @Field(() => Float, { nullable: true, description: 'For numbers: at least this much, in the unit of the attribute.' }) min?: number | null;
  @Field(() => Float, { nullable: true, description: 'For numbers: at most this much, in the unit of the attribute.' }) max?: number | null;
}

/** What a variant's option must be. */
@InputType({ description: 'An option that a product must come in, such as colour: red or blue.' })
export class OptionFilterInput {
  @Field(() => String, { description: 'The name of the option in the default language, such as Colour.' }) name: string;
  @Field(() => [String], { description: 'Values of which it must come in one, at most 50.' }) values: string[];
}

/** From where to where prices may be. */
@InputType({ description: 'Within which prices must be, both ends included.' })
export class PriceFilterInput {
  @Field(() => MinorUnits, { nullable: true, description: "At least this much, in the smallest unit of the marketplace's currency." }) min?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: "At most this much, in the smallest unit of the marketplace's currency." }) max?: number | null;
}

/** Which products. */
@InputType({ description: 'Which products are listed: all that is given must hold, of each list one value.' })
export class SearchFilter {
  @Field(() => [ID], { nullable: true, description: 'Categories of which it lies in one, or below one; at most 50.' }) categoryIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The collection that it belongs to; begins with col_.' }) collectionId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The running promotion that it belongs to; begins with prm_.' }) promotionId?: string | null;
  @Field(() => [AttributeFilterInput], { nullable: true, description: 'What its attributes must be, at most 10 of them.' }) attributes?: AttributeFilterInput[] | null;
  @Field(() => [OptionFilterInput], { nullable: true, description: 'The options it must come in, at most 10.' }) options?: OptionFilterInput[] | null;
  @Field(() => [ID], { nullable: true, description: 'Vendors of which one sells it, at most 50.' }) vendorIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Tags of which it has one, at most 50.' }) tags?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Keys of product types of which it has one, at most 50.' }) productTypes?: string[] | null;
  @Field(() => PriceFilterInput, { nullable: true, description: 'Within which its lowest price must be.' }) price?: PriceFilterInput | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it can be bought now; both when left out.' }) inStock?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether an offer of it is cheaper than it was; only true says anything.' }) onSale?: boolean | null;
}

const value = z.string().max(200);
const values = listOf(value, filterValuesMax).nullish();
const ids = listOf(idText, filterValuesMax).nullish();
const finite = z.number().refine(Number.isFinite, 'expected a finite number').nullish();

/** The rules of a filter. */
export const filterRules = z.object({
  categoryIds: ids, vendorIds: ids, collectionId: idText.nullish(), promotionId: idText.nullish(), tags: values, productTypes: values,
  attributes: listOf(z.object({ key: z.string().min(1).max(100), values, min: finite, max: finite }), filterFacetsMax).nullish(),
  options: listOf(z.object({ name: z.string().min(1).max(120), values: listOf(value, filterValuesMax) }), filterFacetsMax).nullish(),
  price: z.object({ min: z.int().nullish(), max: z.int().nullish() }).nullish(),
  inStock: z.boolean().nullish(), onSale: z.boolean().nullish(),
});

/** A filter as it was checked. */
export type Filter = z.infer<typeof filterRules>;
