import { collectionChanged, type CollectionState } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { SearchTx } from '../context.js';

/** A collection was made or changed. Its rule is applied when it is read, so nothing else is to be done. */
export const onCollectionChanged = defineConsumer('on-collection-changed', collectionChanged, async (tx: SearchTx, { aggregate, payload }: EventEnvelope<CollectionState>) => {
  await tx.db.query(sql, [payload.collectionId, aggregate.version, payload.productIds, payload.rule ? JSON.stringify(payload.rule) : null]);
});

const sql = `
  insert into collection_fact as c (id, version, product_ids, rule) values ($1, $2, $3, $4)
  on conflict (tenant_id, id) do update set version = excluded.version, product_ids = excluded.product_ids, rule = excluded.rule, updated_at = now()
  where c.version <= excluded.version`;
