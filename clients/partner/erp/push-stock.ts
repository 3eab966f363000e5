import { createHash } from 'node:crypto';
import type { PartnerDoor } from './door.js';
import type { OperationIds } from './register.js';

/** Shelves read at once. */
const pageSize = 100;

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

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Puts the marketplace's shelves right by what was counted, and touches none that is right already. `run` names this run: sent
 * again after it broke off, each count has its effect once.
 */
export async function pushStock(door: PartnerDoor, ids: OperationIds, { vendorId, counted, run }: { readonly vendorId: string; readonly counted: Counted; readonly run: string }): Promise<Pushed> {
  const shelves = await shelvesOf(door, ids, vendorId);
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

/** The id of an operation of the program. Throws when it was not registered. */
export function idIn(ids: OperationIds, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The operation ${name} is not among those registered.`);
  return id;
}

async function shelvesOf(door: PartnerDoor, ids: OperationIds, vendorId: string): Promise<Shelf[]> {
  const shelves: Shelf[] = [];
  let after: string | null = null;
  do {
    const { stockLevels }: { stockLevels: Page<Shelf> } = await door.run(idIn(ids, 'Shelves'), { vendorId, first: pageSize, after }, 'Shelves');
    shelves.push(...stockLevels.nodes);
    after = stockLevels.pageInfo.hasNextPage ? stockLevels.pageInfo.endCursor : null;
  } while (after !== null);
  return shelves;
}

function keyOf(run: string, sku: string): string {
  return createHash('sha256').update(`${run} ${sku}`).digest('hex');
}
