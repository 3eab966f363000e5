import { Cached } from '@haat/kit/cached';
import { DateTime } from '@haat/kit/scalars';
import { SelectedOption, productConnection } from '@haat/kit/shared-types';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { saidIn } from '../words.js';
import { ProductStatus, type ImageRow, type OptionRow, type ProductRow, type VariantRow } from './product.row.js';

registerEnumType(ProductStatus, {
  name: 'ProductStatus',
  description: 'Whether shoppers see a product.',
  valuesConfig: {
    DRAFT: { description: 'Being written; only staff sees it.' },
    SCHEDULED: { description: 'To be published by itself at its time; only staff sees it until then.' },
    PUBLISHED: { description: 'Seen by everybody in this marketplace.' },
    ARCHIVED: { description: 'Taken from the shoppers; it may be published again.' },
  },
});

/** What search engines are given. */
@ObjectType({ description: 'What search engines and link previews are given.' })
export class Seo {
  @Field(() => String, { description: "The page's title; the product's own where none was written." }) title: string;
  @Field(() => String, { nullable: true, description: 'The page in a sentence or two; null where none was written.' }) description?: string | null;
}

/** A picture of a product. */
@ObjectType({ description: 'A picture of a product, as shops show it.' })
@Directive('@key(fields: "id")')
@Cached(300)
export class ProductImage {
  @Field(() => ID, { description: 'Names the picture for good; begins with img_.' }) id: string;
  @Directive('@shareable')
  @Field(() => String, { description: 'Where the picture is read from, an https address.' }) url: string;
  @Directive('@shareable')
  @Field(() => String, { description: "What is seen on it, in words; the product's title where none were written." }) alt: string;
  @Directive('@shareable')
  @Field(() => Int, { description: 'How wide the picture is, in pixels.' }) width: number;
  @Directive('@shareable')
  @Field(() => Int, { description: 'How high the picture is, in pixels.' }) height: number;
}

/** A question that variants answer differently. */
@ObjectType({ description: 'A question that the variants of a product answer differently, such as size.' })
export class ProductOption {
  @Field(() => String, { description: "What is chosen, in the viewer's language, such as size." }) name: string;
  @Field(() => [String], { description: "What there is to choose from, in the viewer's language." }) values: string[];
}

/** A product in one language, and so another class than its row. */
@ObjectType({ description: 'Something that vendors offer: its words, pictures, properties and variants.' })
@Directive('@key(fields: "id")')
@Cached(60)
export class Product {
  @Field(() => ID, { description: 'Names the product for good; begins with prod_.' }) id: string;
  @Directive('@shareable')
  @Field(() => String, { description: "Its part of an address, in the viewer's language; a former one keeps leading here." }) slug: string;
  @Directive('@shareable')
  @Field(() => String, { description: "What the product is called, in the viewer's language." }) title: string;
  @Field(() => String, { nullable: true, description: "The product in many words, in the viewer's language; plain text." }) description?: string | null;
  @Field(() => ProductStatus, { description: 'Whether shoppers see it; to them it is always PUBLISHED.' }) status: ProductStatus;
  @Field(() => ID, { nullable: true, description: "The vendor who keeps the product's page; null where the operators do." }) vendorId?: string | null;
  @Field(() => [ProductOption], { description: 'What a shopper chooses by; empty where there is one variant only.' }) options: ProductOption[];
  @Field(() => [String], { description: 'Words it is sorted by, in lower case.' }) tags: string[];
  @Field(() => Seo, { description: "What search engines are given, in the viewer's language." }) seo: Seo;
  @Field(() => [ProductImage], { description: 'Its pictures in their order; the first stands for it in lists.' }) images: ProductImage[];
  @Directive('@shareable')
  @Field(() => ProductImage, { nullable: true, description: 'The first of its pictures; null where it has none.' }) image?: ProductImage | null;
  @Field(() => DateTime, { nullable: true, description: 'When it publishes itself, while it is SCHEDULED.' }) publishAt?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was first seen by shoppers.' }) publishedAt?: Date | null;
  @Field(() => DateTime, { description: 'When it was made, by our clock.' }) createdAt: Date;
  @Field(() => DateTime, { description: 'When anything of it changed last.' }) updatedAt: Date;

  /** What it was made of. */
  row: ProductRow;

  static of(row: ProductRow, locale: string): Product {
    const { title, slug, description, seoTitle, seoDescription } = saidIn(row.texts, locale, row.defaultLocale);
    const { status, vendorId, tags, publishAt, publishedAt, createdAt, updatedAt } = row;
    const images = row.images.map((image) => imageOf(image, title));
    return Object.assign(new Product(), {
      id: row._id, slug, title, description, status, vendorId, tags, images, image: images[0], publishAt, publishedAt, createdAt, updatedAt, row,
      options: row.options.map((option) => optionIn(option, locale)), seo: { title: seoTitle ?? title, description: seoDescription },
    });
  }
}

/** One of the forms a product comes in: what is offered, priced and kept in stock. */
@ObjectType({ description: 'One of the forms a product comes in: what vendors offer and keep in stock.' })
@Directive('@key(fields: "id")')
@Cached(60)
export class ProductVariant {
  @Field(() => ID, { description: 'Names the variant for good; begins with var_.' }) id: string;
  @Field(() => String, { description: "The marketplace's own number of it, unique in the marketplace." }) sku: string;
  @Field(() => String, { description: "Its options in words, or the product's title where there is nothing to choose." }) title: string;
  @Field(() => [SelectedOption], { description: 'Its value of each option of the product, in their order.' }) options: SelectedOption[];

  /** The product it is part of. */
  row: ProductRow;

  static of(row: ProductRow, variant: VariantRow, locale: string): ProductVariant {
    const options = selectedOptions(row, variant, locale);
    const title = options.map(({ value }) => value).join(' / ') || saidIn(row.texts, locale, row.defaultLocale).title;
    return Object.assign(new ProductVariant(), { id: variant.id, sku: variant.sku, title, options, row });
  }
}

/** Products as lists have them. */
export const { Connection: ProductConnection } = productConnection(Product);

/** A picture, described by the product's title where it has no words of its own. */
export function imageOf({ alt, ...image }: ImageRow, title: string): ProductImage {
  return Object.assign(new ProductImage(), { ...image, alt: alt ?? title });
}

function selectedOptions(row: ProductRow, variant: VariantRow, locale: string): SelectedOption[] {
  return row.options.map((option, at) => {
    const { name, values } = optionIn(option, locale);
    const value = variant.values[at] ?? '';
    return { name, value: values[option.values.indexOf(value)] ?? value };
  });
}

/** An option in a language, or as it was written first. */
function optionIn({ name, values, texts }: OptionRow, locale: string): ProductOption {
  const said = texts[locale] ?? texts[locale.split('-')[0] ?? locale];
  return { name: said?.name ?? name, values: [...(said?.values ?? values)] };
}
