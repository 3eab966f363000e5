import { inventoryReserve } from '@haat/schema/asks/inventory';
import { newId } from '@haat/kit/id';
import { offersWithMany } from '../offers-with-many.js';
import type { Scenario } from '../scenario.js';

/** Many orders hold a piece of the same offer at once, as orders asks it of inventory: each waits for the one shelf there is. */
export const scenario: Scenario = {
  name: 'a reservation of one hot offer',
  requests: 3_000,
  connections: 32,
  async prepare(door, { broker }) {
    const [offer] = await offersWithMany(door, 1);
    if (!offer) throw new Error('Nothing is stocked.');
    return async () => {
      const { outcome } = await broker.put(inventoryReserve, { orderId: newId('ord'), lines: [{ lineId: 'line', offerId: offer.id, quantity: 1 }], destination: null });
      if (outcome !== 'HELD') throw new Error(`A reservation came to ${outcome}.`);
    };
  },
};
