import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { InventoryRig } from '../testing/inventory-rig.js';

type Shop = Awaited<ReturnType<InventoryRig['shop']>>;

let rig: InventoryRig;
beforeAll(async () => { rig = await InventoryRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const open = async (shop: Shop, more: Record<string, unknown> = {}): Promise<string> => String((await rig.mutate(shop.merchant, 'openWarehouse', { vendorId: shop.vendorId, name: 'Port', ...more }))['id']);
const change = (shop: Shop, warehouseId: string, more: Record<string, unknown>, asker = shop.merchant) => rig.mutate(asker, 'changeWarehouse', { warehouseId, ...more });
const close = (shop: Shop, warehouseId: string, asker = shop.merchant) => rig.mutate(asker, 'closeWarehouse', { warehouseId });

async function seen(shop: Shop, id: string): Promise<Record<string, unknown> | null> {
  return (await rig.read<{ warehouse: Record<string, unknown> | null }>(shop.merchant, 'query($id: ID!) { warehouse(id: $id) { name countries priority closedAt vendor { id } } }', { id })).warehouse;
}

describe('openWarehouse', () => {
  it('opens one that its vendor finds, alone and in its place among those it can use [INV-07]', async () => {
    const shop = await rig.shop();
    const [far, near] = [await open(shop, { name: 'Far', priority: 900 }), await open(shop, { name: 'Near', priority: 0, countries: ['BD', 'IN'] })];
    expect(await seen(shop, near)).toEqual({ name: 'Near', countries: ['BD', 'IN'], priority: 0, closedAt: null, vendor: { id: shop.vendorId } });
    expect(await seen(shop, shop.warehouseId)).toEqual({ name: 'Tejgaon', countries: [], priority: 100, closedAt: null, vendor: null });
    const { warehouses } = await rig.read<{ warehouses: { nodes: { id: string }[] } }>(shop.merchant, 'query($v: ID!) { warehouses(vendorId: $v) { nodes { id } } }', { v: shop.vendorId });
    expect(warehouses.nodes.map(({ id }) => id)).toEqual([near, shop.warehouseId, far]);
  });

  it('refuses what no warehouse can be, and one more than 100; closed ones do not count', async () => {
    const shop = await rig.shop();
    for (const wrong of [{ name: '' }, { name: 'x'.repeat(121) }, { priority: 1_001 }, { priority: -1 }, { countries: ['QQ'] }]) await expect(rig.mutate(shop.merchant, 'openWarehouse', { vendorId: shop.vendorId, name: 'Port', ...wrong })).rejects.toThrow(/^BAD_USER_INPUT/);
    const openMany = (some: number) => Promise.all(Array.from({ length: some }, () => rig.mutate(shop.merchant, 'openWarehouse', { vendorId: shop.vendorId, name: 'Port' })));
    const all: Awaited<ReturnType<typeof openMany>> = [];
    for (let n = 0; n < 11; n += 1) all.push(...(await openMany(9)));
    all.push(...(await openMany(2)));
    const opened = all.flatMap(({ __typename: type, id }) => (type === 'Warehouse' ? [String(id)] : []));
    expect([opened.length, all.filter(({ __typename: type }) => type === 'TooManyWarehouses').length]).toEqual([100, 1]);
    await close(shop, opened[0] ?? '');
    expect(await rig.mutate(shop.merchant, 'openWarehouse', { vendorId: shop.vendorId, name: 'Port' })).toMatchObject({ __typename: 'Warehouse' });
  });
});

describe('a plan\'s number of warehouses', () => {
  it('is not passed by all vendors together, however many open one at once, and is told to who counts [INV-07, TEN-02]', async () => {
    const shop = await rig.shop();
    const tenant = { ...shop.tenant, limits: { warehouses: 4 } };
    const others = Array.from({ length: 9 }, () => newId('ven'));
    const outcomes = await Promise.all(others.map((vendorId) => rig.mutate({ ...shop.operator, tenant }, 'openWarehouse', { vendorId, name: 'Port' })));
    const opened = outcomes.flatMap(({ __typename: type, id }) => (type === 'Warehouse' ? [String(id)] : []));
    expect(opened).toHaveLength(3);
    expect(outcomes.find(({ __typename: type }) => type === 'TooManyWarehouses')).toEqual({ __typename: 'TooManyWarehouses', message: 'The plan allows 4 warehouses.' });
    await close(shop, opened[0] ?? '', shop.operator);
    const said = (await rig.subgraph.events(shop.tenant.id)).filter(({ type }) => type === 'inventory.usage-counted');
    expect(said.map(({ payload: { meter, used }, aggregate: { version } }) => [meter, used, version])).toEqual([1, 2, 3, 4, 3].map((used, at) => ['warehouses', used, at + 1]));
    expect(await rig.mutate({ ...shop.operator, tenant }, 'openWarehouse', { vendorId: others[0], name: 'Port' })).toMatchObject({ __typename: 'Warehouse' });
  });
});

describe('changeWarehouse', () => {
  it('changes what is named and leaves the rest, and holds follow it from then on [INV-06, INV-07]', async () => {
    const shop = await rig.shop();
    const warehouseId = await open(shop, { priority: 200, countries: ['BD'] });
    expect(await change(shop, warehouseId, { name: 'New port' })).toMatchObject({ name: 'New port', priority: 200 });
    expect(await seen(shop, warehouseId)).toMatchObject({ name: 'New port', countries: ['BD'], priority: 200 });
    const offerId = await rig.offer(shop, 5);
    await rig.receive(shop.merchant, offerId, warehouseId, 5);
    const from = async () => (await rig.reserve(shop, [{ lineId: newId('line'), offerId, quantity: 1 }])) as { lines?: { warehouses: { warehouseId: string }[] }[] };
    expect(await from()).toMatchObject({ lines: [{ warehouses: [{ warehouseId: shop.warehouseId }] }] });
    await change(shop, warehouseId, { priority: 1, countries: [] });
    expect(await from()).toMatchObject({ lines: [{ warehouses: [{ warehouseId }] }] });
    expect(await seen(shop, warehouseId)).toMatchObject({ name: 'New port', countries: [], priority: 1 });
  });

  it('is for who keeps its stock: to others it does not exist', async () => {
    const shop = await rig.shop();
    const warehouseId = await open(shop);
    const rival = { tenant: shop.tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: newId('ven'), grants: ['stock.manage'] }] }) };
    for (const each of [() => change(shop, warehouseId, { name: 'Mine' }, rival), () => close(shop, warehouseId, rival), () => change(shop, shop.warehouseId, { name: 'Mine' }), () => close(shop, shop.warehouseId)]) await expect(each()).rejects.toThrow(/^NOT_FOUND/);
    await expect(rig.mutate(rival, 'openWarehouse', { vendorId: shop.vendorId, name: 'Port' })).rejects.toThrow(/^FORBIDDEN/);
    expect([await seen(shop, warehouseId), await seen(shop, shop.warehouseId)]).toMatchObject([{ name: 'Port', closedAt: null }, { name: 'Tejgaon', closedAt: null }]);
  });
});

describe('closeWarehouse', () => {
  it('closes an empty one once and for good; its past and its place in the list stay [INV-07, INV-08]', async () => {
    const shop = await rig.shop();
    const [warehouseId, offerId] = [await open(shop), await rig.offer(shop)];
    await rig.receive(shop.merchant, offerId, warehouseId, 2);
    expect(await close(shop, warehouseId)).toMatchObject({ __typename: 'WarehouseNotEmpty', pieces: 2 });
    await rig.mutate(shop.merchant, 'adjustStock', { offerId, warehouseId, onHand: 0, reason: 'Sold on the market.', idempotencyKey: newId('req') });
    const closed = await close(shop, warehouseId);
    expect(closed).toMatchObject({ __typename: 'Warehouse', closedAt: expect.any(String) });
    expect(await close(shop, warehouseId)).toEqual(closed);
    expect(await change(shop, warehouseId, { name: 'Open again' })).toMatchObject({ __typename: 'WarehouseClosed' });
    expect(await seen(shop, warehouseId)).toMatchObject({ name: 'Port', closedAt: closed['closedAt'] });
    const { stockMovements } = await rig.read<{ stockMovements: { nodes: { kind: string }[] } }>(shop.merchant, 'query($o: ID!) { stockMovements(offerId: $o) { nodes { kind } } }', { o: offerId });
    expect(stockMovements.nodes.map(({ kind }) => kind)).toEqual(['COUNTED', 'RECEIVED']);
    expect(await rig.availability(shop, offerId)).toMatchObject({ inStock: false });
  });

  it('leaves its shelves among all, and not among those that are low: nobody fills them', async () => {
    const shop = await rig.shop();
    const [warehouseId, offerId] = [await open(shop), await rig.offer(shop, 1)];
    await rig.mutate(shop.merchant, 'setStockPolicy', { offerId, warehouseId, lowAt: 3 });
    const shelves = async (lowOnly: boolean) => (await rig.read<{ stockLevels: { nodes: { warehouse: { id: string } }[] } }>(shop.merchant, 'query($v: ID!, $low: Boolean) { stockLevels(vendorId: $v, lowOnly: $low) { nodes { warehouse { id } } } }', { v: shop.vendorId, low: lowOnly })).stockLevels.nodes.map(({ warehouse }) => warehouse.id);
    expect(await shelves(true)).toEqual([shop.warehouseId, warehouseId]);
    await close(shop, warehouseId);
    expect([await shelves(true), await shelves(false)]).toEqual([[shop.warehouseId], [shop.warehouseId, warehouseId]]);
  });

  it('tells of more pieces than a number can name that they are there', async () => {
    const shop = await rig.shop();
    const warehouseId = await open(shop);
    for (const offerId of [await rig.offer(shop), await rig.offer(shop)]) await rig.receive(shop.merchant, offerId, warehouseId, 1);
    await rig.subgraph.query('update inventory.stock_level set on_hand = 2000000000 where warehouse_id = $1', [warehouseId]);
    expect(await close(shop, warehouseId)).toMatchObject({ __typename: 'WarehouseNotEmpty', pieces: 2 ** 31 - 1 });
  });
});
