import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { withClient } from '@haat/kit-postgres/postgres-client';
import { InventoryRig } from '../testing/inventory-rig.js';

type Shop = Awaited<ReturnType<InventoryRig['shop']>>;

let rig: InventoryRig;
beforeAll(async () => { rig = await InventoryRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const hold = (shop: Shop, offerId: string) => () => rig.reserve(shop, [{ lineId: newId('line'), offerId, quantity: 3 }]);
const close = (shop: Shop) => () => rig.mutate(shop.operator, 'closeWarehouse', { warehouseId: shop.warehouseId });

async function sellingAhead() {
  const shop = await rig.shop();
  const offerId = await rig.offer(shop);
  await rig.mutate(shop.merchant, 'setStockPolicy', { offerId, warehouseId: shop.warehouseId, backorderLimit: 3 });
  return { shop, offerId };
}

async function waiting(some: number): Promise<boolean> {
  return (await rig.subgraph.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length === some;
}

/** Begins one after the other is under way, and lets neither commit before both are: each has to say that the offer ran out. */
async function together(offerId: string, first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<unknown[]> {
  return withClient(rig.subgraph.adminUrl, async (somebody) => {
    await somebody.query('begin');
    await somebody.query('select from inventory.offer_stock where id = $1 for update', [offerId]);
    const one = first();
    await eventually(() => waiting(1));
    const other = second();
    await eventually(() => waiting(2));
    await somebody.query('commit');
    return Promise.all([one, other]);
  });
}

describe('closing a warehouse that sells what is not there yet', () => {
  it('waits for a hold that is being taken there, and then finds it [INV-04, INV-07]', async () => {
    const { shop, offerId } = await sellingAhead();
    const [held, closed] = await together(offerId, hold(shop, offerId), close(shop));
    expect(held).toMatchObject({ outcome: 'HELD' });
    expect(closed).toMatchObject({ __typename: 'WarehouseNotEmpty', pieces: 3 });
  });

  it('lets no hold in that comes while it is under way [INV-04, INV-07]', async () => {
    const { shop, offerId } = await sellingAhead();
    const [closed, held] = await together(offerId, close(shop), hold(shop, offerId));
    expect(closed).toMatchObject({ __typename: 'Warehouse' });
    expect(held).toMatchObject({ outcome: 'SHORT', lines: [{ available: 0 }] });
    expect(await rig.level(offerId)).toMatchObject({ reserved: 0, available: 0 });
    expect(await rig.said(shop, offerId, 'stock-low')).toEqual([]);
  });
});

describe('a warehouse', () => {
  it('takes another name while a hold is being taken there', async () => {
    const { shop, offerId } = await sellingAhead();
    await withClient(rig.subgraph.adminUrl, async (somebody) => {
      await somebody.query('begin');
      await somebody.query('select from inventory.offer_stock where id = $1 for update', [offerId]);
      const held = hold(shop, offerId)();
      await eventually(() => waiting(1));
      expect(await rig.mutate(shop.operator, 'changeWarehouse', { warehouseId: shop.warehouseId, name: 'Old port' })).toMatchObject({ name: 'Old port' });
      await somebody.query('commit');
      expect(await held).toMatchObject({ outcome: 'HELD' });
    });
  });
});
