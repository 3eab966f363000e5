import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Category } from '../listing/listing.js';
import { Product } from '../product/product.js';

/** What a suggestion leads to. */
export enum SuggestionKind { QUERY = 'QUERY', CATEGORY = 'CATEGORY', VENDOR = 'VENDOR', PRODUCT = 'PRODUCT' }

registerEnumType(SuggestionKind, {
  name: 'SuggestionKind',
  description: 'What a suggestion leads to.',
  valuesConfig: {
    QUERY: { description: 'A query that finds something.' },
    CATEGORY: { description: 'A category with products in it.' },
    VENDOR: { description: 'A vendor that may sell.' },
    PRODUCT: { description: 'One product, by its title.' },
  },
});

/** Others' entity: who sells. */
@ObjectType('Vendor')
@Directive('@key(fields: "id", resolvable: false)')
export class Vendor {
  @Field(() => ID) id: string;
}

/** What somebody may be about to write. */
@ObjectType({ description: 'What somebody who writes a query may be looking for.' })
export class Suggestion {
  @Field(() => SuggestionKind, { description: 'What it leads to.' }) kind: SuggestionKind;
  @Field(() => String, { description: "What is shown, in the viewer's language." }) text: string;

  @Directive('@provides(fields: "slug title image { url alt width height }")')
  @Field(() => Product, { nullable: true, description: 'The product, where it leads to one.' })
  product?: Product | null;

  @Field(() => Category, { nullable: true, description: 'The category, where it leads to one.' }) category?: Category | null;
  @Field(() => Vendor, { nullable: true, description: 'The vendor, where it leads to one.' }) vendor?: Vendor | null;
}
