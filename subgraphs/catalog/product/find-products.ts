import type { Representation } from '@haat/kit/define';
import { mapBy } from '@haat/kit/loader';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import { among } from '@haat/kit-mongo/mongo-where';
import { cataloguesOf, runsMarketplace } from '../access/may.js';
import { findBySlug } from '../claim/find-by-slug.js';
import type { CatalogContext } from '../context.js';
import { saidIn } from '../words.js';
import { products, ProductStatus, type ProductRow } from './product.row.js';
import { imageOf, Product, ProductVariant, type ProductImage } from './product.type.js';

/** Whether whoever asks sees a product: those who run the marketplace all, merchants their vendor's own and what it offers, everybody the published ones. */
export function seesProduct({ viewer }: Pick<CatalogContext, 'viewer'>, { status, vendorId, offeredBy }: Pick<ProductRow, 'status' | 'vendorId' | 'offeredBy'>): boolean {
  if (status === ProductStatus.PUBLISHED || runsMarketplace(viewer)) return true;
  return cataloguesOf(viewer).some((id) => id === vendorId || offeredBy.includes(id));
}

/** Products by the keys of other subgraphs: one statement. */
export async function findProducts(ctx: CatalogContext, keys: readonly Representation[]): Promise<readonly (Product | null)[]> {
  const rows = await ctx.db.collection(products).findByIds(keys.map(({ id }) => id));
  return rows.map((row) => (row && seesProduct(ctx, row) ? Product.of(row, ctx.locale) : null));
}

/** Variants by the keys of other subgraphs: one statement over the products they are in. */
export async function findVariants(ctx: CatalogContext, keys: readonly Representation[]): Promise<readonly (ProductVariant | null)[]> {
  const rows = await rowsBy(ctx, 'variants.id', keys);
  const found = mapBy(rows.flatMap((row) => row.variants.map((variant) => ({ row, variant }))), ({ variant }) => variant.id);
  return keys.map(({ id }) => {
    const part = found.get(id);
    return part && seesProduct(ctx, part.row) ? ProductVariant.of(part.row, part.variant, ctx.locale) : null;
  });
}

/** Pictures by the keys of other subgraphs: one statement over the products they are in. */
export async function findImages(ctx: CatalogContext, keys: readonly Representation[]): Promise<readonly (ProductImage | null)[]> {
  const rows = await rowsBy(ctx, 'images.id', keys);
  const found = mapBy(rows.flatMap((row) => row.images.map((image) => ({ row, image }))), ({ image }) => image.id);
  return keys.map(({ id }) => {
    const part = found.get(id);
    return part && seesProduct(ctx, part.row) ? imageOf(part.image, saidIn(part.row.texts, ctx.locale, part.row.defaultLocale).title) : null;
  });
}

/** A product by its id, or by its slug in whatever language, former ones too. */
export async function findProduct(ctx: CatalogContext, by: { readonly id?: string | null; readonly slug?: string | null }): Promise<Product | null> {
  const id = by.id ?? (by.slug ? await findBySlug(ctx, 'product', by.slug) : undefined);
  const row = id ? await ctx.loaders.productsById.load(id) : null;
  return row && seesProduct(ctx, row) ? Product.of(row, ctx.locale) : null;
}

function rowsBy(ctx: CatalogContext, field: 'variants.id' | 'images.id', keys: readonly Representation[]): Promise<readonly ProductRow[]> {
  return ctx.db.collection(products).page({ [field]: among([...new Set(keys.map(({ id }) => id))]) }, { limit: readMax });
}
