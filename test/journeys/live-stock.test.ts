import { eventually } from '@haat/kit/testing/eventually';
import { newId } from '@haat/kit/id';
import { transport, type Transport } from '@haat/transport-client/transport';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filled } from '../contracts/cases/inventory.js';
import { startWorld, type World } from '../contracts/world.js';
import { AdjustStock, StockChanged } from '@haat/merchant-client/generated/operations';
import { obtain } from '../support/act.js';

describe('a vendor\'s people', () => {
  let world: World;
  let door: Transport;
  beforeAll(async () => { world = await startWorld(); }, 180_000);
  afterAll(async () => {
    door?.close();
    await world?.close();
  });

  it('see each change of their stock as it happens, with what other parts know of the offer [GW-16]', async () => {
    const { owner, offerId, warehouseId, vendorId } = await filled(world);
    door = transport({ url: `${world.marketplace.url}/graphql`, token: () => owner.token, headers: { 'x-haat-tenant': owner.tenant } });
    const feed = door.live(StockChanged, { vendorId });
    await eventually(() => feed.cursor !== undefined);
    const counts = [7, 0, 12];
    for (const onHand of counts) await obtain(world.door, owner, AdjustStock, { offerId, warehouseId, onHand, reason: 'Counted.', idempotencyKey: newId('req') }, 'StockLevel');
    const last = await feed.next().then(async (first) => {
      let payload = first.value;
      while (payload.data?.stockChanged?.onHand !== 12) payload = (await feed.next()).value;
      return payload;
    });
    expect(last).toMatchObject({ cursor: expect.any(String), data: { stockChanged: { onHand: 12, warehouse: { id: warehouseId }, offer: { id: offerId } } } });
    expect(last.errors).toBeUndefined();
  });
});
