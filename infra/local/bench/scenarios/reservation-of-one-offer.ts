import { randomUUID } from 'node:crypto';
import { inventoryReserve } from '@haat/schema/asks/inventory';
import { newId } from '@haat/kit/id';
import type { BenchDoor } from '../bench-door.js';
import type { Scenario } from '../scenario.js';

/** More pieces than any number of runs takes. */
const pieces = 1_000_000;

const offersText = 'query Offers { products(first: 20, filter: { status: PUBLISHED }) { nodes { variants { bestOffer { id vendor { id } } } } } }';
const levelsText = 'query Levels($vendorId: ID!) { stockLevels(vendorId: $vendorId, first: 1) { nodes { offer { id } warehouse { id } } } }';
const receiveText = 'mutation Receive($input: ReceiveStockInput!) { receiveStock(input: $input) { __typename } }';

interface Offers { readonly products: { readonly nodes: readonly { readonly variants: readonly { readonly bestOffer: { readonly id: string; readonly vendor: { readonly id: string } | null } | null }[] }[] } }
interface Levels { readonly stockLevels: { readonly nodes: readonly { readonly offer: { readonly id: string } | null; readonly warehouse: { readonly id: string } | null }[] } }

/** Many orders hold a piece of the same offer at once, as orders asks it of inventory: each waits for the one shelf there is. */
export const scenario: Scenario = {
  name: 'a reservation of one hot offer',
  requests: 3_000,
  connections: 32,
  async prepare(door, { broker }) {
    const offerId = await offerWithMany(door);
    return async () => {
      const { outcome } = await broker.put(inventoryReserve, { orderId: newId('ord'), lines: [{ lineId: 'line', offerId, quantity: 1 }], destination: null });
      if (outcome !== 'HELD') throw new Error(`A reservation came to ${outcome}.`);
    };
  },
};

/** An offer of the demonstration, of which very many came in. */
async function offerWithMany(door: BenchDoor): Promise<string> {
  const token = await door.signIn('operator');
  const { products } = await door.ask<Offers>(offersText, {}, token);
  const vendorId = products.nodes.flatMap(({ variants }) => variants).find(({ bestOffer }) => bestOffer?.vendor)?.bestOffer?.vendor?.id;
  const { stockLevels } = await door.ask<Levels>(levelsText, { vendorId }, token);
  const [level] = stockLevels.nodes;
  if (!level?.offer || !level.warehouse) throw new Error('Nothing of the demonstration is stocked.');
  const rows = [{ offerId: level.offer.id, warehouseId: level.warehouse.id, quantity: pieces }];
  const { receiveStock } = await door.ask<{ receiveStock: { __typename: string } }>(receiveText, { input: { rows, idempotencyKey: randomUUID() } }, token);
  if (receiveStock.__typename !== 'ReceiveStockSucceeded') throw new Error(`Receiving came to ${receiveStock.__typename}.`);
  return level.offer.id;
}
