import { readMax } from '@haat/kit-mongo/mongo-collection';
import { claimHoldMs } from '../claim/claim-keys.js';
import type { CatalogTx } from '../context.js';
import { products } from '../product/product.row.js';
import { places } from './places.row.js';
import { isFarFrom } from './room-for-products.js';
import { productUsageId } from './usage.row.js';

/**
 * Takes the plan's places for products that are written next, and answers for how many of them, from the first on, there is one.
 * Near the limit makers take them one after the other: what others took counts as a product, until it is one or its maker died.
 */
export async function takePlaces(tx: CatalogTx, productIds: readonly string[]): Promise<number> {
  const limit = tx.tenant.limits['products'];
  if (limit === undefined || productIds.length === 0 || (await isFarFrom(tx, limit))) return productIds.length;
  return inTurn(tx.tenant.id, () => take(tx, limit, productIds));
}

async function take(tx: CatalogTx, limit: number, productIds: readonly string[]): Promise<number> {
  let fitting = 0;
  await tx.db.collection(places).changeOrInsert(productUsageId(tx.tenant.id), async (current) => {
    const now = tx.clock.now().getTime();
    const others = (current?.taken ?? []).filter(({ productId, until }) => until.getTime() > now && !productIds.includes(productId));
    const { made, awaited } = await look(tx, limit, others);
    fitting = Math.max(0, Math.min(productIds.length, limit - made - awaited.length));
    const own = productIds.slice(0, fitting).map((productId) => ({ productId, until: new Date(now + claimHoldMs) }));
    return fitting === 0 ? undefined : { taken: [...awaited, ...own] };
  }, { followUp: true });
  return fitting;
}

interface Place {
  readonly productId: string;
  readonly until: Date;
}

/** How many products there are, counting no further than the limit, and which are awaited besides: none of them came to be while it was counted. */
async function look(tx: CatalogTx, limit: number, others: readonly Place[]): Promise<{ readonly made: number; readonly awaited: readonly Place[] }> {
  let awaited = await notMade(tx, others);
  for (;;) {
    const made = await tx.db.collection(products).count({}, Math.max(1, limit));
    const still = await notMade(tx, awaited);
    if (still.length === awaited.length) return { made, awaited };
    awaited = still;
  }
}

async function notMade(tx: CatalogTx, some: readonly Place[]): Promise<Place[]> {
  const left: Place[] = [];
  for (let at = 0; at < some.length; at += readMax) {
    const batch = some.slice(at, at + readMax);
    const rows = await tx.db.collection(products).findByIds(batch.map(({ productId }) => productId));
    left.push(...batch.filter((_, n) => !rows[n]));
  }
  return left;
}

const turns = new Map<string, Promise<unknown>>();

/** Makers of one process come one after the other, or most of many would lose their race for the one document again and again. */
async function inTurn<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(tenantId) ?? Promise.resolve()).then(work, work);
  turns.set(tenantId, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(tenantId) === mine) turns.delete(tenantId);
  }
}
