import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkMayManage } from '../access/may.js';
import { checkInTime, releaseKeys } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { programKey } from '../product-type/define-product-type.js';
import { noteProductCount } from '../usage/note-product-count.js';
import { productLimitReached, ProductLimitReached } from '../usage/room-for-products.js';
import { takePlaces } from '../usage/take-places.js';
import { defaultLocaleOf } from '../words.js';
import { AttributeValueInput, ProductImageInput, ProductOptionInput, ProductTranslationInput, ProductVariantInput, SeoInput } from './product-inputs.js';
import { AttributeRejected, SkuTaken, UnknownAttribute } from './product-problems.js';
import { productParts, productWords } from './product-rules.js';
import { contractOf, productStateOf } from './product-state.js';
import { products, ProductStatus, type NewProductRow, type ProductRow } from './product.row.js';
import { Product } from './product.type.js';
import { searchTokensOf } from './search-tokens.js';
import { attributesOf, checkCategories, checkSize, claimProduct, imagesOf, keysOf, textOf, translationsOf, typeOf, variantsOf } from './write-product.js';

/** A new product, whole. */
@InputType({ description: 'A new product with its options and variants, all at once.' })
export class CreateProductInput {
  @Field(() => String, { description: 'The key of the product type; final.' }) productType: string;
  @Field(() => ID, { nullable: true, description: 'The vendor who keeps the page; only operators may leave it out.' }) vendorId?: string | null;
  @Field(() => String, { description: 'What the product is called in the default language, 1 to 200 characters.' }) title: string;
  @Field(() => String, { nullable: true, description: 'The product in many words, plain text of at most 20,000 characters.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'Its part of an address, at most 120 characters; made of the title when left out.' }) slug?: string | null;
  @Field(() => SeoInput, { nullable: true, description: 'What search engines are given.' }) seo?: SeoInput | null;
  @Field(() => [AttributeValueInput], { defaultValue: [], description: 'Values of the attributes of its type, at most 100.' }) attributes: AttributeValueInput[];
  @Field(() => [ProductOptionInput], { defaultValue: [], description: 'What shoppers choose by, at most 3; none for a single variant.' }) options: ProductOptionInput[];
  @Field(() => [ProductVariantInput], { description: 'The forms it comes in, 1 to 100.' }) variants: ProductVariantInput[];
  @Field(() => [ID], { defaultValue: [], description: 'The categories it is found in, at most 10.' }) categoryIds: string[];
  @Field(() => [String], { defaultValue: [], description: 'Words it is sorted by, at most 30 of at most 40 characters.' }) tags: string[];
  @Field(() => [ProductImageInput], { defaultValue: [], description: 'Its pictures in their order, at most 20.' }) images: ProductImageInput[];
  @Field(() => [ProductTranslationInput], { defaultValue: [], description: 'Its words in further languages, at most 20.' }) translations: ProductTranslationInput[];
}

/** The product, or why there is none. */
export const CreateProductResult = resultOf('CreateProductResult', 'The new product, a draft, or why there is none.', [Product, SlugTaken, SkuTaken, UnknownAttribute, AttributeRejected, ProductLimitReached]);

/** A new product in an input. */
export const newProductRules = z.object({ productType: programKey, vendorId: idText.nullish(), ...productWords.shape, ...productParts });

/** Makes a draft. A merchant makes it for a vendor whose catalogue they manage. */
export async function createProduct(tx: CatalogTx, input: CreateProductInput): Promise<Product | SlugTaken | SkuTaken | UnknownAttribute | AttributeRejected | ProductLimitReached> {
  const wish = parsed(newProductRules, input);
  checkMayManage(tx.viewer, wish.vendorId ?? undefined);
  await checkCategories(tx, wish.categoryIds);
  const row = await draftOf(tx, wish, newId('prod', tx.clock.now()));
  if (!('_id' in row)) return row;
  const obstacle = (await productLimitReached(tx)) ?? (await claimProduct(tx, row));
  if (obstacle) return obstacle;
  if ((await takePlaces(tx, [row._id])) === 0) {
    await releaseKeys(tx, keysOf(row));
    return ProductLimitReached.of(tx.tenant.limits['products'] ?? 0);
  }
  checkInTime(tx);
  return Product.of(await insertProduct(tx, row), tx.locale);
}

/** The draft that an input makes, whose categories are known to exist, or what is wrong with its attributes. Its vendor finds it among what it offers. */
export async function draftOf(tx: CatalogTx, wish: z.output<typeof newProductRules>, _id: string): Promise<NewProductRow | UnknownAttribute | AttributeRejected> {
  const type = await typeOf(tx, wish.productType);
  const attributes = attributesOf(type, wish.attributes);
  if (!Array.isArray(attributes)) return attributes;
  const defaultLocale = defaultLocaleOf(tx.tenant);
  const texts = { [defaultLocale]: textOf(wish), ...translationsOf(tx, wish.translations) };
  const { options, variants } = variantsOf(tx, wish);
  const row: NewProductRow = {
    _id, status: ProductStatus.DRAFT, typeKey: type.key, taxClass: type.taxClass, defaultLocale, texts, attributes, options, variants, categoryIds: wish.categoryIds,
    tags: wish.tags, images: imagesOf(tx, wish.images), metadata: [], offeredBy: wish.vendorId ? [wish.vendorId] : [], searchTokens: searchTokensOf({ texts, variants }), ...(wish.vendorId && { vendorId: wish.vendorId }),
  };
  checkSize(row);
  return row;
}

/** Writes a product whose slugs and SKUs are claimed. */
export async function insertProduct(tx: CatalogTx, row: NewProductRow): Promise<ProductRow> {
  const saying = (): Promise<void> => tx.emit(contractOf(row.status), { aggregate: { id: row._id, version: 1 }, payload: productStateOf(row) });
  const inserted = await tx.db.collection(products).insert(row, { saying });
  if (!('document' in inserted)) throw new Error(`The product ${row._id} exists already.`);
  await noteProductCount(tx);
  return inserted.document;
}
