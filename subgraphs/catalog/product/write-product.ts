import { newId } from '@haat/kit/id';
import { badInput, notFound, type InputProblem } from '@haat/kit/refusal';
import { SlugTaken } from '@haat/kit/shared-types';
import { categories } from '../category/category.row.js';
import { claimKeys, skuKey, type ClaimKey } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { productBytesMax } from '../limits.js';
import { checkLocales } from '../names.js';
import type { ProductTypeRow } from '../product-type/product-type.row.js';
import { slugOf, slugText } from '../slug.js';
import { parsed } from '@haat/kit/input';
import { checkAttributes } from './check-attributes.js';
import { checkOptions } from './check-options.js';
import { AttributeRejected, SkuTaken, UnknownAttribute } from './product-problems.js';
import type { ProductParts, ProductWords } from './product-rules.js';
import { productStateOf } from './product-state.js';
import type { AttributeValueRow, ImageRow, NewProductRow, OptionRow, ProductText, VariantRow } from './product.row.js';

/** A product type that there must be. */
export async function typeOf(tx: CatalogTx, key: string): Promise<ProductTypeRow> {
  const type = await tx.loaders.productTypesByKey.load(key);
  if (!type) throw notFound('product type');
  return type;
}

/** Words as they are kept; the slug is made of the title where none was given. */
export function textOf({ title, description, seo, ...wish }: ProductWords, path: readonly (string | number)[] = ['input', 'slug']): ProductText {
  const slug = wish.slug ?? parsed(slugText, slugOf(title), path);
  return {
    title, slug, ...(description && { description }), ...(seo?.title && { seoTitle: seo.title }), ...(seo?.description && { seoDescription: seo.description }),
  };
}

/** Translations as they are kept. Refuses languages that the marketplace does not speak. */
export function translationsOf(tx: CatalogTx, translations: ProductParts['translations']): Record<string, ProductText> {
  checkLocales(tx, translations.map(({ locale }) => locale), ['input', 'translations']);
  return Object.fromEntries(translations.map(({ locale, ...words }, at) => [locale, textOf(words, ['input', 'translations', at, 'slug'])]));
}

/** Values by the product type, or the problem with the first that does not fit. */
export function attributesOf(type: ProductTypeRow, given: ProductParts['attributes']): AttributeValueRow[] | UnknownAttribute | AttributeRejected {
  const checked = checkAttributes(type.attributes, given);
  if ('values' in checked) return checked.values;
  if ('unknown' in checked) return UnknownAttribute.of(checked.unknown, type.attributes.map(({ key }) => key));
  return AttributeRejected.of(checked.rejected, checked.expected);
}

/** Options and variants that fit together, as they are kept; variants that `known` has keep their ids. */
export function variantsOf(tx: CatalogTx, { options, variants }: Pick<ProductParts, 'options' | 'variants'>, known: readonly VariantRow[] = []): { options: OptionRow[]; variants: VariantRow[] } {
  checkLocales(tx, options.flatMap(({ translations }) => translations.map(({ locale }) => locale)), ['input', 'options']);
  refuseAny([...checkOptions({ options, variants }), ...unknownIds('variants', variants, known)]);
  return {
    options: options.map(({ name, values, translations }) => ({ name, values, texts: Object.fromEntries(translations.map((t) => [t.locale, { name: t.name, values: t.values }])) })),
    variants: variants.map(({ id, sku, values }) => ({ id: id ?? newId('var', tx.clock.now()), sku, values })),
  };
}

/** Pictures as they are kept; those that `known` has keep their ids. */
export function imagesOf(tx: CatalogTx, images: ProductParts['images'], known: readonly ImageRow[] = []): ImageRow[] {
  refuseAny(unknownIds('images', images, known));
  return images.map(({ id, url, alt, width, height }) => ({ id: id ?? newId('img', tx.clock.now()), url, width, height, ...(alt && { alt }) }));
}

/** Refuses categories that do not exist. */
export async function checkCategories(tx: CatalogTx, ids: readonly string[]): Promise<void> {
  const rows = await tx.db.collection(categories).findByIds(ids);
  refuseAny(ids.flatMap((id, at) => (rows[at] ? [] : [{ path: ['input', 'categoryIds', at], message: `expected a category, came ${id}` }])));
}

/** Refuses a product whose events could not travel. */
export function checkSize(row: NewProductRow): void {
  const bytes = Buffer.byteLength(JSON.stringify(productStateOf(row)));
  if (bytes > productBytesMax) throw badInput([{ path: ['input'], message: `expected at most ${productBytesMax} bytes with all languages and variants, came ${bytes}` }]);
}

/** Takes a product's slugs and SKUs for it, or says whose they are. */
export async function claimProduct(tx: CatalogTx, row: NewProductRow): Promise<SlugTaken | SkuTaken | undefined> {
  const taken = await claimKeys(tx, row._id, keysOf(row));
  if (!taken) return undefined;
  const sku = row.variants.find((variant) => skuKey(variant.sku) === taken.key)?.sku;
  return taken.kind === 'sku' ? SkuTaken.of(sku ?? taken.key) : SlugTaken.of(taken.key);
}

/** Everything unique that a product has. */
export function keysOf(row: Pick<NewProductRow, 'texts' | 'variants'>): ClaimKey[] {
  const slugs = [...new Set(Object.values(row.texts).map(({ slug }) => slug))];
  return [...slugs.map((key): ClaimKey => ({ kind: 'product', key })), ...row.variants.map(({ sku }): ClaimKey => ({ kind: 'sku', key: skuKey(sku) }))];
}

function unknownIds(list: string, given: readonly { readonly id?: string | null }[], known: readonly { readonly id: string }[]): InputProblem[] {
  return given.flatMap(({ id }, at) => {
    const isTwice = given.findIndex((other) => other.id === id) < at;
    if (!id || (known.some((one) => one.id === id) && !isTwice)) return [];
    return [{ path: ['input', list, at, 'id'], message: `expected one of this product's, each once, came ${id}` }];
  });
}

function refuseAny(problems: readonly InputProblem[]): void {
  if (problems.length > 0) throw badInput(problems);
}
