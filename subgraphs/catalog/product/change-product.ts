import { productChanged } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkInTime, releaseKeys } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { isOffered } from '../offer/is-offered.js';
import { missingAttributes } from './check-attributes.js';
import { AttributeValueInput, ProductImageInput, ProductOptionInput, ProductTranslationInput, ProductVariantInput, SeoInput } from './product-inputs.js';
import { AttributeRejected, AttributesMissing, SkuTaken, UnknownAttribute, VariantOffered } from './product-problems.js';
import { productParts, productWords } from './product-rules.js';
import { productStateOf } from './product-state.js';
import { products, ProductStatus, type ProductRow, type ProductText } from './product.row.js';
import { Product } from './product.type.js';
import { productToManage } from './product-to-manage.js';
import { searchTokensOf } from './search-tokens.js';
import { attributesOf, checkCategories, checkSize, claimProduct, imagesOf, keysOf, translationsOf, typeOf, variantsOf } from './write-product.js';

/** What changes of a product. */
@InputType({ description: 'What changes of a product; what is left out stays, and each list that is given replaces the whole list.' })
export class ChangeProductInput {
  @Field(() => ID, { description: 'The product to be changed; begins with prod_.' }) productId: string;
  @Field(() => String, { nullable: true, description: 'What it is called in the default language, 1 to 200 characters.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'The product in many words, plain text of at most 20,000 characters.' }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'Its part of an address; the one before keeps leading here.' }) slug?: string | null;
  @Field(() => SeoInput, { nullable: true, description: 'What search engines are given.' }) seo?: SeoInput | null;
  @Field(() => [AttributeValueInput], { nullable: true, description: 'All its values from now on, at most 100.' }) attributes?: AttributeValueInput[] | null;
  @Field(() => [ProductOptionInput], { nullable: true, description: 'All its options from now on, at most 3; variants must be given as well.' }) options?: ProductOptionInput[] | null;
  @Field(() => [ProductVariantInput], { nullable: true, description: 'All its variants from now on, 1 to 100; those with an id stay themselves.' }) variants?: ProductVariantInput[] | null;
  @Field(() => [ID], { nullable: true, description: 'All its categories from now on, at most 10.' }) categoryIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'All its tags from now on, at most 30.' }) tags?: string[] | null;
  @Field(() => [ProductImageInput], { nullable: true, description: 'All its pictures from now on, at most 20; those with an id stay themselves.' }) images?: ProductImageInput[] | null;
  @Field(() => [ProductTranslationInput], { nullable: true, description: 'Words in further languages that replace those of the same language.' }) translations?: ProductTranslationInput[] | null;
}

/** The product, or why it stays as it was. */
export const ChangeProductResult = resultOf('ChangeProductResult', 'The product as it is now, or why it was left.', [Product, SlugTaken, SkuTaken, UnknownAttribute, AttributeRejected, AttributesMissing, VariantOffered]);

const changes = z.object({ ...productWords.shape, ...productParts }).partial();
/** What changes of a product in an input, without nulls. */
export const productChangeRules = changes.refine(({ options, variants }) => !options || variants, { path: ['variants'], message: 'expected the variants together with the options' });
const rules = z.object({ productId: idText, ...changes.shape })
  .refine(({ options, variants }) => !options || variants, { path: ['variants'], message: 'expected the variants together with the options' });
/** What changes of a product, as it was parsed. */
export type ProductChanges = z.output<typeof productChangeRules>;

/** Changes a product. Its slugs and SKUs are claimed first, and SKUs that it has no more are given back after the write. */
export async function changeProduct(tx: CatalogTx, input: ChangeProductInput): Promise<Product | SlugTaken | SkuTaken | UnknownAttribute | AttributeRejected | AttributesMissing | VariantOffered> {
  const wish = parsed(rules, withoutNulls(input));
  const current = await productToManage(tx, wish.productId);
  await checkCategories(tx, wish.categoryIds ?? []);
  const next = await changedProduct(tx, current, wish);
  return '_id' in next ? saveChanged(tx, current, next) : next;
}

/** A product as changes make it, whose categories are known to exist, or what is wrong with its attributes. */
export async function changedProduct(tx: CatalogTx, current: ProductRow, wish: ProductChanges): Promise<ProductRow | UnknownAttribute | AttributeRejected | AttributesMissing> {
  const attributes = wish.attributes ? await changedAttributes(tx, current, wish.attributes) : current.attributes;
  if (!Array.isArray(attributes)) return attributes;
  const next = { ...changed(tx, current, wish), attributes };
  next.searchTokens = searchTokensOf(next);
  checkSize(next);
  return next;
}

/** What shoppers see, or will by itself, loses no value that publishing asks for. What its type came to ask for later stands in no other change's way. */
async function changedAttributes(tx: CatalogTx, current: ProductRow, given: NonNullable<ProductChanges['attributes']>): Promise<ProductRow['attributes'] | UnknownAttribute | AttributeRejected | AttributesMissing> {
  const type = await typeOf(tx, current.typeKey);
  const attributes = attributesOf(type, given);
  if (!Array.isArray(attributes) || (current.status !== ProductStatus.PUBLISHED && current.status !== ProductStatus.SCHEDULED)) return attributes;
  const before = missingAttributes(type.attributes, current.attributes);
  const dropped = missingAttributes(type.attributes, attributes).filter((key) => !before.includes(key));
  return dropped.length > 0 ? AttributesMissing.of(dropped) : attributes;
}

/** Claims what a changed product has, and saves it, or says what stands in the way. */
export async function saveChanged(tx: CatalogTx, current: ProductRow, next: ProductRow): Promise<Product | SlugTaken | SkuTaken | VariantOffered> {
  const gone = current.variants.filter(({ id }) => !next.variants.some((variant) => variant.id === id));
  const offered = await isOffered(tx, gone.map(({ id }) => id));
  if (offered) return VariantOffered.of(offered, gone.find(({ id }) => id === offered)?.sku ?? '');
  const taken = await claimProduct(tx, next);
  if (taken) return taken;
  return Product.of(await saveProduct(tx, current, next), tx.locale);
}

/** Saves a product whose slugs and SKUs are claimed, and gives back the SKUs it has no more. */
export async function saveProduct(tx: CatalogTx, current: ProductRow, next: ProductRow): Promise<ProductRow> {
  checkInTime(tx);
  const saying = (): Promise<void> => tx.emit(productChanged, { aggregate: { id: next._id, version: current.version + 1 }, payload: productStateOf(next) });
  const written = await tx.db.collection(products).save(next, { saying });
  if (!('document' in written)) throw new Error(`The product ${next._id} is gone.`);
  const kept = new Set(keysOf(next).map(({ key }) => key));
  await releaseKeys(tx, keysOf(current).filter(({ kind, key }) => kind === 'sku' && !kept.has(key)));
  return written.document;
}

function changed(tx: CatalogTx, current: ProductRow, wish: ProductChanges): ProductRow {
  const { options = optionsAgain(current), variants } = wish;
  const texts = { ...current.texts, ...translationsOf(tx, wish.translations ?? []), [current.defaultLocale]: words(current, wish) };
  return {
    ...current, texts,
    ...(variants && variantsOf(tx, { options, variants }, current.variants)),
    ...(wish.images && { images: imagesOf(tx, wish.images, current.images) }),
    categoryIds: wish.categoryIds ?? current.categoryIds,
    tags: wish.tags ?? current.tags,
  };
}

/** The words of the default language; an old slug stays when only the title changes, since links lead to it. */
function words(current: ProductRow, { title, description, slug, seo }: ProductChanges): ProductText {
  const said = current.texts[current.defaultLocale];
  const next = { ...said, title: title ?? said?.title ?? '', slug: slug ?? said?.slug ?? '' };
  return {
    ...next, ...(description !== undefined && description !== null && { description }),
    ...(seo && { seoTitle: seo.title ?? undefined, seoDescription: seo.description ?? undefined }),
  };
}

/** The options there are, as an input would name them. */
export function optionsAgain({ options }: ProductRow): NonNullable<ProductChanges['options']> {
  return options.map(({ name, values, texts }) => ({ name, values, translations: Object.entries(texts).map(([locale, text]) => ({ locale, ...text })) }));
}

/** Null says as much as leaving out. */
export function withoutNulls<T extends object>(wish: T): T {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== null)) as T;
}
