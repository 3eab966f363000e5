import type { Representation } from '@haat/kit/define';
import { findBySlug } from '../claim/find-by-slug.js';
import type { CatalogContext } from '../context.js';
import { categories } from './category.row.js';
import { Category } from './category.type.js';

/** Categories by the keys of other subgraphs: one statement. */
export async function findCategories(ctx: CatalogContext, keys: readonly Representation[]): Promise<readonly (Category | null)[]> {
  const rows = await ctx.db.collection(categories).findByIds(keys.map(({ id }) => id));
  return rows.map((row) => row && Category.of(row, ctx.locale));
}

/** A category by its id, or by its slug, former ones too. */
export async function findCategory(ctx: CatalogContext, by: { readonly id?: string | null; readonly slug?: string | null }): Promise<Category | null> {
  const id = by.id ?? (by.slug ? await findBySlug(ctx, 'category', by.slug) : undefined);
  const row = id ? await ctx.loaders.categoriesById.load(id) : null;
  return row && Category.of(row, ctx.locale);
}
