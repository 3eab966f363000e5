import { notFound } from '@haat/kit/refusal';
import { checkMayManage, isStaff } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { products, ProductStatus, type ProductRow } from './product.row.js';

/** A product that whoever asks may change. What they may not even see does not exist for them. */
export async function productToManage(tx: CatalogTx, productId: string): Promise<ProductRow> {
  const row = await tx.db.collection(products).findById(productId);
  if (!row || (row.status !== ProductStatus.PUBLISHED && !isStaff(tx.viewer))) throw notFound('product');
  checkMayManage(tx.viewer, row.vendorId);
  return row;
}
