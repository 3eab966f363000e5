import type { SearchContext } from '../context.js';
import { Category, Collection } from './listing.js';

interface Key {
  readonly id: string;
}

/** Categories by id, in the order of the ids; null for those nobody spoke of. */
export function findCategories(ctx: SearchContext, keys: readonly Key[]): Promise<(Category | null)[]> {
  return known(ctx, 'category_fact', { keys, make: Category.of });
}

/** Collections by id, in the order of the ids; null for those nobody spoke of. */
export function findCollections(ctx: SearchContext, keys: readonly Key[]): Promise<(Collection | null)[]> {
  return known(ctx, 'collection_fact', { keys, make: Collection.of });
}

async function known<T>(ctx: SearchContext, table: 'category_fact' | 'collection_fact', { keys, make }: { readonly keys: readonly Key[]; readonly make: (id: string) => T }): Promise<(T | null)[]> {
  const rows: Key[] = await ctx.db.query(`select id from ${table} where id = any($1) and version >= 0`, [keys.map(({ id }) => id)]);
  const found = new Set(rows.map(({ id }) => id));
  return keys.map(({ id }) => (found.has(id) ? make(id) : null));
}
