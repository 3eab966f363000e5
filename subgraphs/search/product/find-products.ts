import type { SearchContext } from '../context.js';
import { liveGeneration } from '../document/generations.js';
import { Product, productColumns, type ProductFields } from './product.js';

/** Products by id, in the order of the ids, by one statement; null where shoppers find none. */
export async function findProducts(ctx: SearchContext, keys: readonly { readonly id: string }[]): Promise<(Product | null)[]> {
  const rows: ProductFields[] = await ctx.db.query(`select ${productColumns} from document d where d.generation = ${liveGeneration} and d.id = any($1)`, [keys.map(({ id }) => id)]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return keys.map(({ id }) => {
    const row = found.get(id);
    return row ? Product.of(row) : null;
  });
}
