import { Problem } from '@haat/kit/problem';
import { Field, Int, ObjectType } from 'type-graphql';
import type { CatalogTx } from '../context.js';
import { products } from '../product/product.row.js';
import { productUsageId, usage } from './usage.row.js';

/** Products that come in at most between two counts: this far from the limit the last one will do. */
const betweenCountsMax = 10_000;

/** The plan allows no more products. */
@ObjectType({ implements: Problem, description: 'The plan allows no more products; nothing was made.' })
export class ProductLimitReached extends Problem {
  @Field(() => Int, { description: 'How many products the plan allows.' }) limit: number;

  static of(limit: number): ProductLimitReached {
    return Object.assign(new ProductLimitReached(), { message: `The plan allows ${limit} products.`, limit });
  }
}

/** How many more products the plan allows, as far as a look tells, which takes none of them; undefined where it sets no limit. Counted only where the limit is near, and then no further than it. */
export async function roomForProducts(tx: CatalogTx): Promise<number | undefined> {
  const limit = tx.tenant.limits['products'];
  if (limit === undefined) return undefined;
  const counted = await tx.db.collection(usage).findById(productUsageId(tx.tenant.id));
  if (counted && isFar(counted.used, limit)) return limit - counted.used;
  return limit - (await tx.db.collection(products).count({}, Math.max(1, limit)));
}

/** Whether so many products are missing to the limit that none who makes some now can reach it. */
export async function isFarFrom(tx: CatalogTx, limit: number): Promise<boolean> {
  const counted = await tx.db.collection(usage).findById(productUsageId(tx.tenant.id));
  return counted !== undefined && isFar(counted.used, limit);
}

function isFar(used: number, limit: number): boolean {
  return used + betweenCountsMax < limit;
}

/** What stands in the way of one more product, as far as a look tells. */
export async function productLimitReached(tx: CatalogTx): Promise<ProductLimitReached | undefined> {
  const room = await roomForProducts(tx);
  return room !== undefined && room <= 0 ? ProductLimitReached.of(tx.tenant.limits['products'] ?? 0) : undefined;
}
