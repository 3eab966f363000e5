import { isDeepStrictEqual } from 'node:util';
import { shownValues } from '../product/check-attributes.js';
import type { ProductRow, ProductText } from '../product/product.row.js';
import { AttributeKind, type ProductTypeRow } from '../product-type/product-type.row.js';
import { optionsAgain } from '../product/change-product.js';
import { slugOf } from '../slug.js';
import { ImportField } from './import-field.js';
import type { RowWish } from './read-row.js';

/** The rows of one product in a chunk. */
export interface RowGroup {
  readonly key: string;
  readonly rows: readonly RowWish[];
}

/** What a product is made of that rows may name. */
export interface Surroundings {
  readonly type: ProductTypeRow | undefined;
  /** Ids of the categories by their slugs; undefined where there is none. */
  readonly categories: ReadonlyMap<string, string>;
}

/** A product's input as its rows say it; the first row that says something counts. Throws {@link CellRefused}. */
export function newProductOf(group: RowGroup, surroundings: Surroundings, vendorId: string | undefined): Record<string, unknown> {
  const names = optionNamesOf(group);
  const variants = group.rows.map((row) => ({ sku: row.sku, values: names.map((name) => row.said(ImportField.OPTION, name) ?? '') }));
  const options = names.map((name, at) => ({ name, values: [...new Set(variants.map(({ values }) => values[at] ?? '').filter(Boolean))] }));
  const title = first(group, ImportField.TITLE) ?? '';
  const slug = first(group, ImportField.SLUG) ?? (slugOf(title) ? undefined : slugOf(group.rows[0]?.sku ?? ''));
  return {
    productType: surroundings.type?.key ?? first(group, ImportField.PRODUCT_TYPE) ?? '', vendorId, ...wordsOf(group), title, slug, options, variants,
    attributes: attributesOf(group, surroundings), categoryIds: categoryIdsOf(group, surroundings) ?? [], tags: list(group, ImportField.TAGS) ?? [],
    images: imagesOf(group), translations: translationsOf(group, undefined),
  };
}

/** What the rows change of a product there is: what they do not say stays. */
export function productChangesOf(group: RowGroup, surroundings: Surroundings, current: ProductRow): Record<string, unknown> {
  const images = imagesOf(group).filter(({ url }) => !current.images.some((image) => image.url === url));
  const said = {
    ...wordsOf(group, current.texts[current.defaultLocale]), title: first(group, ImportField.TITLE), slug: first(group, ImportField.SLUG), ...variantsOf(group, current),
    attributes: changedAttributesOf(group, surroundings, current), categoryIds: categoryIdsOf(group, surroundings), tags: list(group, ImportField.TAGS),
    images: images.length > 0 ? [...images, ...current.images] : undefined, translations: translationsOf(group, current),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** A cell says what it cannot, in the words of the message. */
export class CellRefused extends Error {
  override readonly name = 'CellRefused';
}

/** What a group's rows say of a field first. */
export function first({ rows }: RowGroup, field: ImportField, key?: string): string | undefined {
  for (const row of rows) {
    const said = row.said(field, key);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** Every slug of a category that rows name. */
export function categorySlugsOf(group: RowGroup): readonly string[] {
  return (list(group, ImportField.CATEGORIES) ?? []).map((slug) => slug.normalize('NFKC').toLowerCase().normalize('NFC'));
}

function list({ rows }: RowGroup, field: ImportField, key?: string): readonly string[] | undefined {
  for (const row of rows) {
    const listed = row.listed(field, key);
    if (listed !== undefined) return listed;
  }
  return undefined;
}

/** What search engines are given is one whole: the half that the rows do not say is the one that there is. */
function wordsOf(group: RowGroup, standing?: ProductText): Record<string, unknown> {
  const [title, description] = [first(group, ImportField.SEO_TITLE), first(group, ImportField.SEO_DESCRIPTION)];
  const seo = { title: title ?? standing?.seoTitle, description: description ?? standing?.seoDescription };
  return { description: first(group, ImportField.DESCRIPTION), ...((title ?? description) !== undefined && { seo }) };
}

function optionNamesOf({ rows }: RowGroup): string[] {
  return [...new Set(rows.flatMap((row) => row.keysOf(ImportField.OPTION)))];
}

function categoryIdsOf(group: RowGroup, { categories }: Surroundings): string[] | undefined {
  if (list(group, ImportField.CATEGORIES) === undefined) return undefined;
  return categorySlugsOf(group).map((slug) => {
    const id = categories.get(slug);
    if (id === undefined) throw new CellRefused(`There is no category “${slug.slice(0, 60)}”.`);
    return id;
  });
}

function imagesOf(group: RowGroup): { url: string; width: number; height: number; alt?: string }[] {
  const url = first(group, ImportField.IMAGE_URL);
  if (url === undefined) return [];
  return [{ url, width: numberOf(ImportField.IMAGE_WIDTH, first(group, ImportField.IMAGE_WIDTH) ?? ''), height: numberOf(ImportField.IMAGE_HEIGHT, first(group, ImportField.IMAGE_HEIGHT) ?? ''), alt: first(group, ImportField.IMAGE_ALT) }];
}

/** Words in further languages; a description alone keeps the title that there is. */
function translationsOf(group: RowGroup, current: ProductRow | undefined): object[] | undefined {
  const locales = [...new Set(group.rows.flatMap((row) => [...row.keysOf(ImportField.TITLE), ...row.keysOf(ImportField.DESCRIPTION)]))];
  const translations = locales.map((locale) => {
    const said = current?.texts[locale];
    const seo = said && { title: said.seoTitle, description: said.seoDescription };
    return { locale, slug: said?.slug, seo, title: first(group, ImportField.TITLE, locale) ?? said?.title ?? '', description: first(group, ImportField.DESCRIPTION, locale) ?? said?.description };
  });
  return translations.length > 0 || current === undefined ? translations : undefined;
}

/** Values in the fields that their attributes ask for; those that no attribute knows are told as such by the product's own rules. */
function attributesOf(group: RowGroup, { type }: Surroundings): Record<string, unknown>[] {
  const keys = [...new Set(group.rows.flatMap((row) => row.keysOf(ImportField.ATTRIBUTE)))];
  return keys.flatMap((key): Record<string, unknown>[] => {
    const text = first(group, ImportField.ATTRIBUTE, key);
    if (text === undefined) return [];
    const kind = type?.attributes.find((attribute) => attribute.key === key)?.kind ?? AttributeKind.TEXT;
    if (kind === AttributeKind.NUMBER) return [{ key, number: numberOf(key, text) }];
    if (kind === AttributeKind.BOOLEAN) return [{ key, isTrue: truthOf(key, text) }];
    if (kind === AttributeKind.CHOICE || kind === AttributeKind.MULTI_CHOICE) return [{ key, choices: [...(list(group, ImportField.ATTRIBUTE, key) ?? [])] }];
    return [{ key, [kind === AttributeKind.DATE ? 'date' : kind === AttributeKind.COLOUR ? 'colour' : 'text']: text }];
  });
}

/** All values in the order there is, with those that rows say in their places; nothing where they say what is shown already. */
function changedAttributesOf(group: RowGroup, surroundings: Surroundings, current: ProductRow): Record<string, unknown>[] | undefined {
  const said = attributesOf(group, surroundings);
  const standing = shownValues(surroundings.type?.attributes ?? [], current.attributes).map(({ kind: _, ...value }) => value);
  const next = [...standing.map((value) => said.find(({ key }) => key === value.key) ?? value), ...said.filter((value) => !standing.some(({ key }) => key === value['key']))];
  return isDeepStrictEqual(next, standing) ? undefined : next;
}

function truthOf(name: string, text: string): boolean {
  const word = text.toLowerCase();
  if (!yes.includes(word) && !no.includes(word)) throw new CellRefused(`“${name}” expects true or false, came “${text.slice(0, 30)}”.`);
  return yes.includes(word);
}

const yes: readonly string[] = ['true', 'yes', '1'];
const no: readonly string[] = ['false', 'no', '0'];

function numberOf(name: string, text: string): number {
  // As exports write any number that there is, very small and very great ones too.
  if (!/^[+-]?\d{1,25}(\.\d{1,25})?(e[+-]?\d{1,3})?$/i.test(text) || !Number.isFinite(Number(text))) throw new CellRefused(`“${name}” expects a number such as 12.5, came “${text.slice(0, 30)}”.`);
  return Number(text);
}

/** Variants as the rows make them: those there are stay themselves by their SKU, others join. Options and values that no row says stay. Nothing where the rows name nothing new. */
function variantsOf(group: RowGroup, current: ProductRow): { options?: object[]; variants?: object[] } {
  const names = optionNamesOf(group);
  const bySku = new Map(group.rows.map((row) => [row.sku.toUpperCase(), row]));
  const known = new Set(current.variants.map(({ sku }) => sku.toUpperCase()));
  const isNew = group.rows.some(({ sku }) => !known.has(sku.toUpperCase()));
  if (!isNew && names.length === 0) return {};
  const asked = askedOptions(names, current);
  const valuesOf = (row: RowWish | undefined, before: readonly string[]): string[] => asked.map(({ said }, at) => row?.said(ImportField.OPTION, said) ?? before[at] ?? '');
  const stay = current.variants.map(({ id, sku, values }) => {
    const row = bySku.get(sku.toUpperCase());
    return { id, sku: row?.sku ?? sku, values: valuesOf(row, values) };
  });
  const join = group.rows.filter(({ sku }) => !known.has(sku.toUpperCase())).map((row) => ({ sku: row.sku, values: valuesOf(row, []) }));
  const variants = [...stay, ...join];
  return { options: optionsOf(asked.map(({ name }) => name), variants.map(({ values }) => values), current), variants };
}

/** The options there are, then those that are new, each with what the rows call it: they may write one that there is in another case. */
function askedOptions(names: readonly string[], { options }: ProductRow): { readonly name: string; readonly said: string }[] {
  const standing = options.map(({ name }) => ({ name, said: names.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name }));
  const fresh = names.filter((one) => !standing.some(({ said }) => said === one));
  return [...standing, ...fresh.map((name) => ({ name, said: name }))];
}

/** Options with every value that a variant has; words in further languages stay where the values are the same. */
function optionsOf(names: readonly string[], values: readonly (readonly string[])[], current: ProductRow): object[] {
  const standing = optionsAgain(current);
  return names.map((name, at) => {
    const before = standing.find((option) => option.name === name);
    const all = [...new Set([...(before?.values ?? []), ...values.map((of) => of[at] ?? '').filter(Boolean)])];
    return before && all.length === before.values.length ? before : { name, values: all };
  });
}
