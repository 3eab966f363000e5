import { notFound } from '@haat/kit/refusal';
import { checkMayManage, checkMaySell } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { seesProduct } from './find-products.js';
import { products, ProductStatus, type ProductRow } from './product.row.js';

/** A product that whoever asks may change: what shoppers see or soon will, only once its vendor is approved. What they may not even see does not exist for them. */
export async function productToManage(tx: CatalogTx, productId: string): Promise<ProductRow> {
  const row = await tx.db.collection(products).findById(productId);
  if (!row || !seesProduct(tx, row)) throw notFound('product');
  checkMayManage(tx.viewer, row.vendorId);
  if (row.status === ProductStatus.PUBLISHED || row.status === ProductStatus.SCHEDULED) await checkMaySell(tx, row.vendorId);
  return row;
}
