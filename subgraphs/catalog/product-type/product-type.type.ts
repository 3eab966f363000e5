import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { saidIn } from '../words.js';
import { AttributeKind, type AttributeRow, type ProductTypeRow } from './product-type.row.js';

registerEnumType(AttributeKind, {
  name: 'AttributeKind',
  description: 'What the value of an attribute is.',
  valuesConfig: {
    TEXT: { description: 'Free text, at most 1,000 characters.' },
    NUMBER: { description: "A number, counted in the attribute's unit where it has one." },
    BOOLEAN: { description: 'Yes or no, such as organic or not.' },
    CHOICE: { description: "One of the attribute's own choices." },
    MULTI_CHOICE: { description: "Some of the attribute's own choices." },
    DATE: { description: 'A day of the calendar, written YYYY-MM-DD.' },
    COLOUR: { description: 'A colour, written #rrggbb in lower case.' },
  },
});

/** One of the values a choice attribute may have. */
@ObjectType({ description: 'One of the values that a choice attribute may have.' })
export class AttributeChoice {
  @Field(() => String, { description: 'Names the choice among its siblings, for programs.' }) key: string;
  @Field(() => String, { description: "What the choice is called, in the viewer's language." }) name: string;
}

/** A typed property that products of a type have. */
@ObjectType({ description: 'A typed property that products of one type have.' })
export class Attribute {
  @Field(() => String, { description: 'Names the attribute within its product type, for programs.' }) key: string;
  @Field(() => String, { description: "What the attribute is called, in the viewer's language." }) name: string;
  @Field(() => AttributeKind, { description: 'What its values are; never changes.' }) kind: AttributeKind;
  @Field(() => String, { nullable: true, description: 'What a number counts, such as g or cm; never changes.' }) unit?: string | null;
  @Field(() => Boolean, { description: 'Whether a product needs a value before it is published.' }) isRequired: boolean;
  @Field(() => [AttributeChoice], { description: 'The values to choose from; empty where the kind has none.' }) choices: AttributeChoice[];
}

/** What products of one kind have in common; shown in one language, and so another class than its row. */
@ObjectType({ description: 'What products of one kind have in common: their attributes, and how they are taxed and sent.' })
export class ProductType {
  @Field(() => String, { description: 'Names the product type in this marketplace, for programs.' }) key: string;
  @Field(() => String, { description: "What the product type is called, in the viewer's language." }) name: string;
  @Field(() => String, { description: 'Which tax rates apply to its products.' }) taxClass: string;
  @Field(() => Boolean, { description: 'Whether its products are goods that are sent.' }) needsShipping: boolean;
  @Field(() => [Attribute], { description: 'The properties of its products, in the order they are shown.' }) attributes: Attribute[];

  static of(row: ProductTypeRow, locale: string): ProductType {
    const { key, taxClass, needsShipping, defaultLocale } = row;
    const attributes = row.attributes.map((attribute) => attributeIn(attribute, locale, defaultLocale));
    return Object.assign(new ProductType(), { key, taxClass, needsShipping, attributes, name: saidIn(row.names, locale, defaultLocale) });
  }
}

/** An attribute in a language. */
export function attributeIn(row: AttributeRow, locale: string, defaultLocale: string): Attribute {
  const { key, kind, unit = null, isRequired } = row;
  const choices = row.choices.map((choice) => ({ key: choice.key, name: saidIn(choice.names, locale, defaultLocale) }));
  return { key, kind, unit, isRequired, choices, name: saidIn(row.names, locale, defaultLocale) };
}
