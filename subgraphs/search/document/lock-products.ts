import type { ProductState } from '@haat/schema/events/catalog';
import type { EntityManager } from 'typeorm';

/** A product as it was said last; no state where only others spoke of it. */
export interface LockedProduct {
  readonly id: string;
  readonly version: number;
  readonly state: ProductState | null;
}

/**
 * Locks products, known or not, in the order of their ids, until the transaction ends. Whoever writes anything of a document
 * holds this first and reads afterwards, so that of two events about one product the later sees what the earlier did.
 */
export async function lockProducts(db: EntityManager, ids: readonly string[]): Promise<LockedProduct[]> {
  await db.query('insert into product_fact (id, version) select id, -1 from unnest($1::text[]) as p(id) order by id on conflict do nothing', [[...new Set(ids)]]);
  return db.query('select id, version, state from product_fact where id = any($1) order by id for update', [ids]);
}
