import { Field, Float, ObjectType } from 'type-graphql';
import type { ProductTypeRow } from '../product-type/product-type.row.js';
import { Attribute, AttributeChoice, attributeIn } from '../product-type/product-type.type.js';
import type { AttributeValueRow } from './product.row.js';

/** What a product's value of an attribute is. */
@ObjectType({ description: "A product's value of one of its type's attributes: the field that the kind asks for." })
export class AttributeValue {
  @Field(() => Attribute, { description: 'What the value is of, with name, kind and unit.' }) attribute: Attribute;
  @Field(() => String, { nullable: true, description: 'For TEXT: the text in the default language.' }) text?: string | null;
  @Field(() => Float, { nullable: true, description: "For NUMBER: the number, in the attribute's unit." }) number?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'For BOOLEAN: whether it is so.' }) isTrue?: boolean | null;
  @Field(() => [AttributeChoice], { description: 'For CHOICE the one, for MULTI_CHOICE those chosen; else empty.' }) choices: AttributeChoice[];
  @Field(() => String, { nullable: true, description: 'For DATE: the day, written as 2026-03-01.' }) date?: string | null;
  @Field(() => String, { nullable: true, description: 'For COLOUR: the colour, written as #1e90ff.' }) colour?: string | null;
}

/** Values in a language and in the order of the type. Those whose attribute or choice the type has no more are not shown. */
export function attributeValuesIn(type: ProductTypeRow, values: readonly AttributeValueRow[], locale: string): AttributeValue[] {
  return type.attributes.flatMap((row) => {
    const value = values.find(({ key, kind }) => key === row.key && kind === row.kind);
    if (!value) return [];
    const attribute = attributeIn(row, locale, type.defaultLocale);
    const choices = attribute.choices.filter(({ key }) => value.choices?.includes(key));
    const { text, number, isTrue, date, colour } = value;
    return value.choices && choices.length === 0 ? [] : [{ attribute, text, number, isTrue, date, colour, choices }];
  });
}
