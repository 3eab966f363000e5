import type { Representation } from '@haat/kit/define';
import { findBySlug } from '../claim/find-by-slug.js';
import type { CatalogContext } from '../context.js';
import { productCollections } from './collection.row.js';
import { Collection } from './collection.type.js';

/** Collections by the keys of other subgraphs: one statement. */
export async function findCollections(ctx: CatalogContext, keys: readonly Representation[]): Promise<readonly (Collection | null)[]> {
  const rows = await ctx.db.collection(productCollections).findByIds(keys.map(({ id }) => id));
  return rows.map((row) => row && Collection.of(row, ctx.locale));
}

/** A collection by its id, or by its slug, former ones too. */
export async function findCollection(ctx: CatalogContext, by: { readonly id?: string | null; readonly slug?: string | null }): Promise<Collection | null> {
  const id = by.id ?? (by.slug ? await findBySlug(ctx, 'collection', by.slug) : undefined);
  const row = id ? await ctx.db.collection(productCollections).findById(id) : undefined;
  return row ? Collection.of(row, ctx.locale) : null;
}
