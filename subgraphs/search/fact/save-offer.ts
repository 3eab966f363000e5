import type { SearchTx } from '../context.js';
import { lockProducts } from '../document/lock-products.js';
import { writeSelling } from '../document/write-selling.js';

/**
 * Writes a part of what is known of an offer, and then what the product's document says of its offers. `sql` writes the row
 * and answers its product, or nothing where a newer version is there already. The offer is locked before its product.
 */
export async function saveOffer(tx: SearchTx, sql: string, parameters: readonly unknown[]): Promise<void> {
  const rows: { product_id: string | null }[] = await tx.db.query(sql, [...parameters]);
  const productId = rows[0]?.product_id;
  if (!productId) return;
  await lockProducts(tx.db, [productId]);
  await writeSelling(tx.db, [productId]);
}
