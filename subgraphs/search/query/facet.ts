import { Field, Int, ObjectType } from 'type-graphql';

/** One value by which a search can be narrowed. */
@ObjectType({ description: 'A value of a facet, and how many products have it.' })
export class FacetValue {
  @Field(() => String, { description: "The value as filters take it: an id, a key, a text; for price the lower end of a step of 1, 2 or 5 times a power of ten, in minor units." }) value: string;
  @Field(() => String, { description: "How the value is called, in the viewer's language." }) name: string;
  @Field(() => Int, { description: "How many products would be found with it, the facet's own filter left away." }) count: number;
  @Field(() => Boolean, { description: 'Whether the filter of this search names it.' }) isSelected: boolean;
}

/** By what a search can be narrowed. */
@ObjectType({ description: 'By what a search can be narrowed: values within a facet widen it, facets narrow each other.' })
export class Facet {
  @Field(() => String, { description: 'Names the facet: category, vendor, price, inStock, onSale, tag, type, attribute.<key> or option.<name>.' }) key: string;
  @Field(() => String, { description: "How the facet is called, in the viewer's language where it is known." }) name: string;
  @Field(() => [FacetValue], { description: 'Its values, the most frequent in front, at most 50; prices from the lowest.' }) values: FacetValue[];
}
