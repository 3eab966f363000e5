import type { ProductState } from '@haat/schema/events/catalog';
import type { EventEnvelope } from '@haat/schema/event';
import type { SearchTx } from '../context.js';
import { lockProducts } from '../document/lock-products.js';
import { writeDocuments } from '../document/write-documents.js';

/** Keeps what catalog said of a product last, and shows it. What was said before what is known already changes nothing. */
export async function saveProduct(tx: SearchTx, { aggregate, payload }: EventEnvelope<ProductState>): Promise<void> {
  const [known] = await lockProducts(tx.db, [payload.productId]);
  if (!known || known.version > aggregate.version) return;
  await tx.db.query('update product_fact set state = $2, version = $3, updated_at = now() where id = $1', [payload.productId, JSON.stringify(payload), aggregate.version]);
  await writeDocuments(tx.db, [payload.productId]);
}
