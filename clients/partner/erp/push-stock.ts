import { createHash } from 'node:crypto';
import type { PartnerDoor } from './door.js';
import { allPages } from './pages.js';
import { idIn, type OperationIds } from './register.js';

/** What the ERP has counted: pieces by the vendor's own article number. */
export type Counted = ReadonlyMap<string, number>;

/** What became of it. */
export interface Pushed {
  /** Shelves that were put right. */
  readonly changed: readonly string[];
  /** Articles that the marketplace does not keep on any shelf. */
  readonly unknown: readonly string[];
  /** Why some shelves stayed as they were. */
  readonly refused: readonly string[];
}

interface Shelf {
  readonly onHand: number;
  readonly warehouse: { readonly id: string; readonly name: string } | null;
  readonly offer: { readonly id: string; readonly vendorSku: string } | null;
}

/**
 * Puts the marketplace's shelves right by what was counted, and touches none that is right already. `run` names this run: sent
 * again after it broke off, each count has its effect once.
 */
export async function pushStock(door: PartnerDoor, ids: OperationIds, { vendorId, counted, run }: { readonly vendorId: string; readonly counted: Counted; readonly run: string }): Promise<Pushed> {
  const shelves = await allPages<Shelf>(door, ids, 'Shelves', { vendorId });
  const known = new Map(shelves.flatMap((shelf) => (shelf.offer && shelf.warehouse ? [[shelf.offer.vendorSku, shelf] as const] : [])));
  const changed: string[] = [];
  const refused: string[] = [];
  for (const [sku, pieces] of counted) {
    const shelf = known.get(sku);
    if (!shelf || shelf.onHand === pieces) continue;
    const input = { offerId: shelf.offer?.id, warehouseId: shelf.warehouse?.id, onHand: pieces, reason: 'Counted by the ERP', idempotencyKey: keyOf(run, sku) };
    const { adjustStock } = await door.run<{ adjustStock: { __typename: string; message?: string } }>(idIn(ids, 'CountStock'), { input }, 'CountStock');
    if (adjustStock.__typename === 'StockLevel') changed.push(sku);
    else refused.push(`${sku}: ${adjustStock.message ?? adjustStock.__typename}`);
  }
  return { changed, unknown: [...counted.keys()].filter((sku) => !known.has(sku)), refused };
}

function keyOf(run: string, sku: string): string {
  return createHash('sha256').update(`${run} ${sku}`).digest('hex');
}
