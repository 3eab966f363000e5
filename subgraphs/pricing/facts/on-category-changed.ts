import { categoryChanged } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';

/** Keeps where a category stands in the tree. Goods in it may now be in a sale: they are priced anew. */
export const onCategoryChanged = defineConsumer('on-category-changed', categoryChanged, async (tx: PricingTx, { payload: { categoryId, ancestorIds }, aggregate }) => {
  const kept: unknown[] = await tx.db.query(
    `insert into category_fact (id, version, ancestor_ids) values ($1, $2, $3)
     on conflict (tenant_id, id) do update set version = excluded.version, ancestor_ids = excluded.ancestor_ids, updated_at = now()
     where category_fact.version < excluded.version returning id`,
    [categoryId, aggregate.version, ancestorIds],
  );
  if (kept.length === 0) return;
  await tx.db.query('update offer_price o set due_at = $2 from product_fact p where p.tenant_id = o.tenant_id and p.id = o.product_id and $1 = any(p.category_ids)', [categoryId, tx.clock.now()]);
});
