import { Cached } from '@haat/kit/cached';
import { Money } from '@haat/kit/money';
import { MoneyRange, productConnection } from '@haat/kit/shared-types';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** Others' entity: a picture, as the index keeps the first of each product. */
@ObjectType('ProductImage')
@Directive('@key(fields: "id", resolvable: false)')
export class ProductImage {
  @Field(() => ID) id: string;
  @Directive('@external')
  @Field(() => String) url: string;
  @Directive('@external')
  @Field(() => String) alt: string;
  @Directive('@external')
  @Field(() => Int) width: number;
  @Directive('@external')
  @Field(() => Int) height: number;
}

/** What the index says of a product: catalog's, with what all its offers come to. */
@ObjectType('Product')
@Directive('@key(fields: "id")')
export class Product {
  @Field(() => ID) id: string;

  @Directive('@external')
  @Field(() => String) slug: string;

  @Directive('@external')
  @Field(() => String) title: string;

  @Directive('@external')
  @Field(() => ProductImage, { nullable: true }) image?: ProductImage | null;

  @Cached(30)
  @Field(() => MoneyRange, { nullable: true, description: 'From the lowest to the highest price of its offers for sale; null where none has a price.' })
  priceRange: MoneyRange | null;

  @Cached(30)
  @Field(() => Boolean, { nullable: true, description: 'Whether one of its offers for sale has a price and stock.' })
  inStock: boolean;

  static of(row: ProductFields): Product {
    return Object.assign(new Product(), { id: row.id, priceRange: rangeOf(row), inStock: row.is_in_stock, slug: row.slug, title: row.title, image: row.image ? Object.assign(new ProductImage(), row.image) : null });
  }
}

/** The columns of a document that a product is made of. */
export interface ProductFields {
  readonly id: string;
  readonly price_min: string | null;
  readonly price_max: string | null;
  readonly currency: string | null;
  readonly is_in_stock: boolean;
  readonly slug?: string;
  readonly title?: string;
  readonly image?: object | null;
}

/** Those columns as a statement selects them. */
export const productColumns = 'd.id, d.price_min, d.price_max, d.currency, d.is_in_stock';

/** Products as lists have them. */
export const { Connection: ProductConnection } = productConnection(Product);

function rangeOf({ price_min: min, price_max: max, currency }: ProductFields): MoneyRange | null {
  if (min === null || max === null || currency === null) return null;
  return Object.assign(new MoneyRange(), { min: Money.of(Number(min), currency), max: Money.of(Number(max), currency) });
}
