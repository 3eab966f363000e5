import type { SearchTx } from '../context.js';
import { lockProducts } from '../document/lock-products.js';
import { writeSelling } from '../document/write-selling.js';

/**
 * Writes a part of what is known of offers, and then what their products' documents say of their offers. `sql` writes the rows, in
 * the order of their ids, and answers their products, except where a newer version is there already. Offers are locked before products.
 */
export async function saveOffers(tx: SearchTx, sql: string, rows: readonly object[]): Promise<void> {
  const written: { product_id: string | null }[] = await tx.db.query(sql, [JSON.stringify(rows)]);
  const productIds = [...new Set(written.flatMap(({ product_id }) => product_id ?? []))];
  if (productIds.length === 0) return;
  await lockProducts(tx.db, productIds);
  await writeSelling(tx.db, productIds);
}
