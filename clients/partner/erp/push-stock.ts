import { createHash } from 'node:crypto';
import type { PartnerDoor } from './door.js';
import { allPages } from './pages.js';
import { idIn, type OperationIds } from './register.js';

/** What the ERP has counted of one article. */
export interface Count {
  /** The vendor's own article number. */
  readonly sku: string;
  readonly pieces: number;
  /** The warehouse's name, where the article lies in several. */
  readonly warehouse?: string;
}

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
export async function pushStock(door: PartnerDoor, ids: OperationIds, { vendorId, counted, run }: { readonly vendorId: string; readonly counted: readonly Count[]; readonly run: string }): Promise<Pushed> {
  const shelves = await allPages<Shelf>(door, ids, 'Shelves', { vendorId });
  const pushed = { changed: [] as string[], unknown: [] as string[], refused: [] as string[] };
  for (const count of counted) {
    const { sku, pieces, warehouse } = count;
    const [shelf, another] = shelves.filter((each) => each.offer?.vendorSku === sku && (warehouse === undefined || each.warehouse?.name === warehouse));
    if (!shelf) pushed.unknown.push(sku);
    else if (another) pushed.refused.push(`${sku}: it lies in several warehouses, so name one`);
    else if (shelf.onHand !== pieces) await put(door, ids, { shelf, count, run }, pushed);
  }
  return pushed;
}

async function put(door: PartnerDoor, ids: OperationIds, { shelf, count: { sku, pieces }, run }: { readonly shelf: Shelf; readonly count: Count; readonly run: string }, pushed: { readonly changed: string[]; readonly refused: string[] }): Promise<void> {
  const input = { offerId: shelf.offer?.id, warehouseId: shelf.warehouse?.id, onHand: pieces, reason: 'Counted by the ERP', idempotencyKey: keyOf(run, `${shelf.warehouse?.id ?? ''} ${sku} ${pieces}`) };
  const { adjustStock } = await door.run<{ adjustStock: { __typename: string; message?: string } }>(idIn(ids, 'CountStock'), { input }, 'CountStock');
  if (adjustStock.__typename === 'StockLevel') pushed.changed.push(sku);
  else pushed.refused.push(`${sku}: ${adjustStock.message ?? adjustStock.__typename}`);
}

function keyOf(run: string, count: string): string {
  return createHash('sha256').update(`${run} ${count}`).digest('hex');
}
