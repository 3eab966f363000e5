import type { ProductState } from '@haat/schema/events/catalog';
import type { EventEnvelope } from '@haat/schema/event';
import type { SearchTx } from '../context.js';
import { lockProducts } from '../document/lock-products.js';
import { writeDocuments } from '../document/write-documents.js';

/** Keeps what catalog said of products last, and shows it. What was said before what is known already changes nothing. */
export async function saveProducts(tx: SearchTx, events: readonly EventEnvelope<ProductState>[]): Promise<void> {
  const known = new Map((await lockProducts(tx.db, events.map(({ payload }) => payload.productId))).map(({ id, version }) => [id, version]));
  const newer = events.filter(({ payload, aggregate }) => (known.get(payload.productId) ?? Infinity) <= aggregate.version);
  if (newer.length === 0) return;
  await tx.db.query(
    `update product_fact p set state = r.state, version = r.version, updated_at = now() from jsonb_to_recordset($1::jsonb) as r(id text, state jsonb, version bigint) where p.id = r.id`,
    [JSON.stringify(newer.map(({ payload, aggregate: { version } }) => ({ id: payload.productId, state: payload, version })))],
  );
  await writeDocuments(tx.db, newer.map(({ payload }) => payload.productId));
}
