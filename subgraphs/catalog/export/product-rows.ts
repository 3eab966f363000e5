import type { CatalogContext } from '../context.js';
import { columnOf, ImportField } from '../import/import-field.js';
import { joinedValues } from '../import/import-limits.js';
import { OfferStatus } from '../offer/offer.row.js';
import { shownValues } from '../product/check-attributes.js';
import type { AttributeValueRow, ProductRow } from '../product/product.row.js';

/** A row of an export: texts by their columns, which an import understands by their names. */
export type ExportedRow = Readonly<Record<string, string>>;

/** The rows of a product: one per variant, each with everything, so that whoever cuts the file loses nothing. */
export async function rowsOf(ctx: CatalogContext, product: ProductRow, vendorId: string | undefined): Promise<ExportedRow[]> {
  const type = await ctx.loaders.productTypesByKey.load(product.typeKey);
  const common = { ...productColumns(product), ...attributeColumns(shownValues(type?.attributes ?? [], product.attributes)), ...(await categoryColumn(ctx, product)) };
  return Promise.all(product.variants.map(async (variant) => {
    const options = Object.fromEntries(product.options.map(({ name }, at) => [columnOf(ImportField.OPTION, name), variant.values[at] ?? '']));
    return said({ [columnOf(ImportField.SKU)]: variant.sku, ...common, ...options, ...(vendorId && (await offerColumns(ctx, variant.id, vendorId))) });
  }));
}

function productColumns(product: ProductRow): Record<string, string | undefined> {
  const { texts: { [product.defaultLocale]: text, ...others }, images: [image] } = product;
  const translated = Object.entries(others).flatMap(([locale, words]) => [[columnOf(ImportField.TITLE, locale), words.title], [columnOf(ImportField.DESCRIPTION, locale), words.description]]);
  return {
    [columnOf(ImportField.EXTERNAL_ID)]: product._id, [columnOf(ImportField.PRODUCT_TYPE)]: product.typeKey, [columnOf(ImportField.STATUS)]: product.status,
    [columnOf(ImportField.TITLE)]: text?.title, [columnOf(ImportField.DESCRIPTION)]: text?.description, [columnOf(ImportField.SLUG)]: text?.slug,
    [columnOf(ImportField.SEO_TITLE)]: text?.seoTitle, [columnOf(ImportField.SEO_DESCRIPTION)]: text?.seoDescription, ...(Object.fromEntries(translated) as Record<string, string | undefined>),
    [columnOf(ImportField.TAGS)]: joinedValues(product.tags),
    ...(image && { [columnOf(ImportField.IMAGE_URL)]: image.url, [columnOf(ImportField.IMAGE_WIDTH)]: String(image.width), [columnOf(ImportField.IMAGE_HEIGHT)]: String(image.height), [columnOf(ImportField.IMAGE_ALT)]: image.alt }),
  };
}

function attributeColumns(values: readonly AttributeValueRow[]): Record<string, string> {
  return Object.fromEntries(values.map(({ key, text, number, isTrue, choices, date, colour }) => [
    columnOf(ImportField.ATTRIBUTE, key), text ?? number?.toString() ?? isTrue?.toString() ?? (choices && joinedValues(choices)) ?? date ?? colour ?? '',
  ]));
}

async function categoryColumn(ctx: CatalogContext, { categoryIds }: ProductRow): Promise<Record<string, string>> {
  const rows = await Promise.all(categoryIds.map((id) => ctx.loaders.categoriesById.load(id)));
  return { [columnOf(ImportField.CATEGORIES)]: joinedValues(rows.flatMap((row) => row?.slug ?? [])) };
}

async function offerColumns(ctx: CatalogContext, variantId: string, vendorId: string): Promise<Record<string, string | undefined>> {
  const offer = (await ctx.loaders.offersByVariant.load(variantId)).find((one) => one.vendorId === vendorId && one.status !== OfferStatus.ARCHIVED);
  return { [columnOf(ImportField.VENDOR_SKU)]: offer?.vendorSku, [columnOf(ImportField.WEIGHT_GRAMS)]: offer?.weightGrams?.toString(), [columnOf(ImportField.MAX_PER_ORDER)]: offer?.maxPerOrder?.toString() };
}

function said(columns: Readonly<Record<string, string | undefined>>): ExportedRow {
  return Object.fromEntries(Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}
