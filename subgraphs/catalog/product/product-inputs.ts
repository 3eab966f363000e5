import { Locale } from '@haat/kit/scalars';
import { Field, Float, ID, InputType, Int } from 'type-graphql';

/** What search engines are given. */
@InputType({ description: 'What search engines and link previews are given.' })
export class SeoInput {
  @Field(() => String, { nullable: true, description: "The page's title, at most 120 characters." }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'The page in a sentence or two, at most 400 characters.' }) description?: string | null;
}

/** A product's words in a further language. */
@InputType({ description: "A product's words in a further language of the marketplace." })
export class ProductTranslationInput {
  @Field(() => Locale, { description: 'A language of the marketplace, not its default one.' }) locale: string;
  @Field(() => String, { description: 'What the product is called in it, 1 to 200 characters.' }) title: string;
  @Field(() => String, { nullable: true, description: 'The product in many words, at most 20,000 characters.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'Its part of an address; made of the title when left out.' }) slug?: string | null;
  @Field(() => SeoInput, { nullable: true, description: 'What search engines are given in that language.' }) seo?: SeoInput | null;
}

/** A value of an attribute. */
@InputType({ description: "A value of one of the product type's attributes: exactly the field that the kind asks for." })
export class AttributeValueInput {
  @Field(() => String, { description: 'The key of the attribute in the product type.' }) key: string;
  @Field(() => String, { nullable: true, description: 'For TEXT, at most 1,000 characters.' }) text?: string | null;
  @Field(() => Float, { nullable: true, description: "For NUMBER, in the attribute's unit." }) number?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'For BOOLEAN: whether it is so.' }) isTrue?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'For CHOICE exactly one key of a choice, for MULTI_CHOICE at least one.' }) choices?: string[] | null;
  @Field(() => String, { nullable: true, description: 'For DATE, written as 2026-03-01.' }) date?: string | null;
  @Field(() => String, { nullable: true, description: 'For COLOUR, written as #1e90ff.' }) colour?: string | null;
}

/** An option in a further language. */
@InputType({ description: "An option's words in a further language of the marketplace." })
export class OptionTranslationInput {
  @Field(() => Locale, { description: 'A language of the marketplace, not its default one.' }) locale: string;
  @Field(() => String, { description: 'What is chosen, in that language, at most 60 characters.' }) name: string;
  @Field(() => [String], { description: "All values, in the order of the option's own." }) values: string[];
}

/** An option. */
@InputType({ description: 'A question that the variants answer differently, such as size.' })
export class ProductOptionInput {
  @Field(() => String, { description: 'What is chosen, at most 60 characters.' }) name: string;
  @Field(() => [String], { description: 'What there is to choose from, at most 100 of at most 60 characters.' }) values: string[];
  @Field(() => [OptionTranslationInput], { nullable: true, description: 'The same in further languages, at most 20.' }) translations?: OptionTranslationInput[] | null;
}

/** A variant. */
@InputType({ description: 'One of the forms a product comes in.' })
export class ProductVariantInput {
  @Field(() => ID, { nullable: true, description: 'An existing variant that stays, when changing; a new one when left out.' }) id?: string | null;
  @Field(() => String, { description: 'Unique in the marketplace whatever its case: letters, digits and . _ / - up to 64.' }) sku: string;
  @Field(() => [String], { nullable: true, description: "One value of each option, in the options' order." }) values?: string[] | null;
}

/** A picture. */
@InputType({ description: 'A picture of the product, served by somebody over https.' })
export class ProductImageInput {
  @Field(() => ID, { nullable: true, description: 'An existing picture that stays, when changing; a new one when left out.' }) id?: string | null;
  @Field(() => String, { description: 'Where it is read from: an https address of at most 2,000 characters.' }) url: string;
  @Field(() => String, { nullable: true, description: 'What is seen on it in words, at most 300 characters.' }) alt?: string | null;
  @Field(() => Int, { description: 'How wide it is in pixels, 1 to 20,000.' }) width: number;
  @Field(() => Int, { description: 'How high it is in pixels, 1 to 20,000.' }) height: number;
}
