import { productArchived } from '@haat/schema/events/catalog';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { AlreadyArchived } from './product-problems.js';
import { productStateOf } from './product-state.js';
import { productToManage } from './product-to-manage.js';
import { products, ProductStatus } from './product.row.js';
import { Product } from './product.type.js';

/** What is taken from the shoppers. */
@InputType({ description: 'Which product is taken from the shoppers.' })
export class ArchiveProductInput {
  @Field(() => ID, { description: 'The product to be archived; begins with prod_.' }) productId: string;
}

/** The product, or that it was archived. */
export const ArchiveProductResult = resultOf('ArchiveProductResult', 'The product, archived now, or that it was before.', [Product, AlreadyArchived]);

const rules = z.object({ productId: idText });

/** Takes a product from the shoppers, and drops a planned publishing. Archiving again changes nothing, and says so. */
export async function archiveProduct(tx: CatalogTx, input: ArchiveProductInput): Promise<Product | AlreadyArchived> {
  const current = await productToManage(tx, parsed(rules, input).productId);
  if (current.status === ProductStatus.ARCHIVED) return AlreadyArchived.of();
  const next = { ...current, status: ProductStatus.ARCHIVED, publishAt: undefined };
  const saying = (): Promise<void> => tx.emit(productArchived, { aggregate: { id: next._id, version: current.version + 1 }, payload: productStateOf(next) });
  const written = await tx.db.collection(products).save(next, { saying });
  if (!('document' in written)) throw new Error(`The product ${next._id} is gone.`);
  return Product.of(written.document, tx.locale);
}
