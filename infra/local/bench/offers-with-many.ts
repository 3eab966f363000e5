import { randomUUID } from 'node:crypto';
import type { BenchDoor } from './bench-door.js';

/** An offer of the demonstration, of which very many came in. */
export interface PlentifulOffer {
  readonly id: string;
  readonly vendorId: string;
}

/** More pieces than any number of runs takes. */
const pieces = 1_000_000;

const vendorsText = 'query Vendors { products(first: 20, filter: { status: PUBLISHED }) { nodes { variants { bestOffer { vendor { id minimumOrder { minor } } } } } } }';
const levelsText = 'query Levels($vendorId: ID!) { stockLevels(vendorId: $vendorId, first: 100) { nodes { offer { id status maxPerOrder price { current { minor } } } warehouse { id } } } }';
const receiveText = 'mutation Receive($input: ReceiveStockInput!) { receiveStock(input: $input) { __typename } }';

interface Vendors { readonly products: { readonly nodes: readonly { readonly variants: readonly { readonly bestOffer: { readonly vendor: { readonly id: string; readonly minimumOrder: object | null } | null } | null }[] }[] } }
interface Level { readonly offer: { readonly id: string; readonly status: string; readonly maxPerOrder: number | null; readonly price: { readonly current: { readonly minor: number } } | null } | null; readonly warehouse: { readonly id: string } | null }
interface Levels { readonly stockLevels: { readonly nodes: readonly Level[] } }

/** Offers of one vendor that anybody can buy any number of, one piece as well, the cheapest first. */
export async function offersWithMany(door: BenchDoor, count: number): Promise<PlentifulOffer[]> {
  const token = await door.signIn('operator');
  const { products } = await door.ask<Vendors>(vendorsText, {}, token);
  const vendors = products.nodes.flatMap(({ variants }) => variants).map(({ bestOffer }) => bestOffer?.vendor);
  const vendorId = vendors.find((vendor) => vendor?.minimumOrder === null)?.id ?? '';
  const { stockLevels } = await door.ask<Levels>(levelsText, { vendorId }, token);
  const shelves = stockLevels.nodes.filter(({ offer, warehouse }) => offer?.status === 'ACTIVE' && offer.maxPerOrder === null && offer.price && warehouse).toSorted(byPrice);
  const rows = [...new Map(shelves.map(({ offer, warehouse }) => [offer?.id ?? '', { offerId: offer?.id ?? '', warehouseId: warehouse?.id, quantity: pieces }])).values()].slice(0, count);
  if (rows.length < count) throw new Error(`Of the demonstration only ${rows.length} offers are stocked and have no limit.`);
  const { receiveStock } = await door.ask<{ receiveStock: { __typename: string } }>(receiveText, { input: { rows, idempotencyKey: randomUUID() } }, token);
  if (receiveStock.__typename !== 'ReceiveStockSucceeded') throw new Error(`Receiving came to ${receiveStock.__typename}.`);
  return rows.map(({ offerId }) => ({ id: offerId, vendorId }));
}

function byPrice(one: Level, other: Level): number {
  return (one.offer?.price?.current.minor ?? 0) - (other.offer?.price?.current.minor ?? 0);
}
