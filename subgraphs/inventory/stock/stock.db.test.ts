import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventoryCount } from '@haat/schema/asks/inventory';
import { parcelReturned, parcelShipped } from '@haat/schema/events/shipping';
import { newId } from '@haat/kit/id';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { InventoryRig } from '../testing/inventory-rig.js';
import { parcelFacts } from '../testing/order-facts.js';

type Shop = Awaited<ReturnType<InventoryRig['shop']>>;

let rig: InventoryRig;
beforeAll(async () => { rig = await InventoryRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

describe('receiveStock', () => {
  it('counts a delivery in once, however often its key comes [INV-01, INV-10]', async () => {
    const shop = await rig.shop();
    const [mug, bowl] = [await rig.offer(shop), await rig.offer(shop)];
    const input = { rows: [{ offerId: mug, warehouseId: shop.warehouseId, quantity: 7 }, { offerId: bowl, warehouseId: shop.warehouseId, quantity: 2 }], idempotencyKey: 'delivery' };
    const outcomes = await Promise.all([1, 2, 3].map(() => rig.mutate(shop.merchant, 'receiveStock', input)));
    for (const each of outcomes) expect(each).toEqual(outcomes[0]);
    expect([(await rig.level(mug)).on_hand, (await rig.level(bowl)).on_hand]).toEqual([7, 2]);
    await expect(rig.mutate(shop.merchant, 'receiveStock', { ...input, rows: input.rows.slice(1) })).rejects.toThrow(/^IDEMPOTENCY_KEY_REUSED/);
  });

  it('takes 250 rows at most, and nothing at all where one is not the caller\'s [INV-10]', async () => {
    const [shop, other] = [await rig.shop(), await rig.shop()];
    const [own, foreign] = [await rig.offer(shop), await rig.offer(other)];
    const row = (offerId: string, quantity = 1) => ({ offerId, warehouseId: shop.warehouseId, quantity });
    expect(await rig.mutate(shop.merchant, 'receiveStock', { rows: [row(own), row(foreign)], idempotencyKey: 'a' })).toMatchObject({ __typename: 'UnknownShelves', rows: [{ offerId: foreign }] });
    expect(await rig.subgraph.query('select 1 from inventory.stock_level where offer_id = $1', [own])).toEqual([]);
    for (const rows of [[], [row(own, 0)], [row(own, -1)], [row(own, 1_000_001)], Array.from({ length: 251 }, () => row(own)), [row('ofr_\ud800')]]) await expect(rig.mutate(shop.merchant, 'receiveStock', { rows, idempotencyKey: newId('req') })).rejects.toThrow(/^BAD_USER_INPUT/);
  });

  it('keeps other vendors\' merchants, shoppers and guests out', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 3);
    const rival = { tenant: shop.tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: newId('ven'), grants: ['stock.manage'] }] }) };
    expect(await rig.receive(rival, offerId, shop.warehouseId, 1)).toMatchObject({ __typename: 'UnknownShelves' });
    await expect(rig.mutate(rival, 'adjustStock', { offerId, warehouseId: shop.warehouseId, onHand: 0, reason: 'x', idempotencyKey: 'a' })).rejects.toThrow(/^NOT_FOUND/);
    await expect(rig.receive({ tenant: shop.tenant }, offerId, shop.warehouseId, 1)).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(rig.read(rival, 'query($v: ID!) { stockLevels(vendorId: $v) { nodes { onHand } } }', { v: shop.vendorId })).rejects.toThrow(/^FORBIDDEN/);
    expect(await rig.read(rival, 'query($o: ID!, $w: ID!) { stockLevel(offerId: $o, warehouseId: $w) { onHand } stockMovements(offerId: $o) { nodes { id } } }', { o: offerId, w: shop.warehouseId })).toEqual({ stockLevel: null, stockMovements: null });
  });
});

describe('adjustStock and transferStock', () => {
  it('put a shelf right with a reason that stays, and never below what is owed [INV-08]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 5);
    await rig.reserve(shop, [{ lineId: 'l', offerId, quantity: 2 }]);
    const adjust = (onHand: number) => rig.mutate(shop.merchant, 'adjustStock', { offerId, warehouseId: shop.warehouseId, onHand, reason: 'Counted by two.', idempotencyKey: newId('req') });
    expect(await adjust(1)).toMatchObject({ __typename: 'PiecesOwed', owed: 2 });
    expect(await adjust(4)).toMatchObject({ __typename: 'StockLevel', onHand: 4, available: 2 });
    const { stockMovements } = await rig.read<{ stockMovements: { nodes: Record<string, unknown>[] } }>(shop.merchant, 'query($o: ID!) { stockMovements(offerId: $o) { nodes { kind quantity onHandChange reason } } }', { o: offerId });
    expect(stockMovements.nodes[0]).toEqual({ kind: 'COUNTED', quantity: 1, onHandChange: -1, reason: 'Counted by two.' });
    await expect(rig.subgraph.query('update inventory.stock_movement set quantity = 0 where offer_id = $1', [offerId])).rejects.toThrow(/never changed/);
    await expect(rig.subgraph.query('delete from inventory.stock_movement where offer_id = $1', [offerId])).rejects.toThrow(/never changed/);
  });

  it('move free pieces to another warehouse, held ones stay [INV-06, INV-07]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 5);
    const { id: toWarehouseId } = (await rig.mutate(shop.merchant, 'openWarehouse', { vendorId: shop.vendorId, name: 'Shop floor' })) as unknown as { id: string };
    await rig.reserve(shop, [{ lineId: 'l', offerId, quantity: 2 }]);
    const move = (quantity: number) => rig.mutate(shop.merchant, 'transferStock', { offerId, fromWarehouseId: shop.warehouseId, toWarehouseId, quantity, idempotencyKey: newId('req') });
    expect(await move(4)).toMatchObject({ __typename: 'NotEnoughStock', available: 3 });
    expect(await move(3)).toMatchObject({ __typename: 'StockLevel', onHand: 3, available: 3 });
    expect(await rig.mutate(shop.merchant, 'closeWarehouse', { warehouseId: toWarehouseId })).toMatchObject({ __typename: 'WarehouseNotEmpty', pieces: 3 });
  });
});

describe('what is said', () => {
  it('names a low shelf on the way down only, and again after it was filled [INV-05]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 20);
    const take = (quantity: number) => rig.reserve(shop, [{ lineId: newId('line'), offerId, quantity }]);
    for (const quantity of [10, 5, 1, 1]) await take(quantity);
    expect(await rig.said(shop, offerId, 'stock-low')).toEqual(['stock-low']);
    await rig.receive(shop.operator, offerId, shop.warehouseId, 30);
    await take(30);
    expect(await rig.said(shop, offerId, 'stock-low')).toEqual(['stock-low', 'stock-low']);
  });

  it('says that nothing is left and that it is back on the crossing only, over all warehouses together [INV-05]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 1);
    const { id: second } = (await rig.mutate(shop.operator, 'openWarehouse', { name: 'Port' })) as unknown as { id: string };
    await rig.receive(shop.operator, offerId, second, 1);
    const orderIds = [newId('ord'), newId('ord')];
    await Promise.all(orderIds.map((orderId) => rig.reserve(shop, [{ lineId: 'l', offerId, quantity: 1 }], { orderId })));
    await rig.release(shop, orderIds[0] ?? '');
    await rig.release(shop, orderIds[1] ?? '');
    expect(await rig.said(shop, offerId, 'stock-ran-out', 'stock-back')).toEqual(['stock-back', 'stock-ran-out', 'stock-back']);
  });
});

describe('setStockPolicy', () => {
  it('keeps safety stock from being sold, and lets be sold what is not there yet [INV-14]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 2);
    const policy = (input: Record<string, unknown>) => rig.mutate(shop.merchant, 'setStockPolicy', { offerId, warehouseId: shop.warehouseId, ...input });
    expect(await policy({ safety: 2 })).toMatchObject({ available: 0 });
    expect(await rig.reserve(shop, [{ lineId: 'l', offerId, quantity: 1 }])).toMatchObject({ outcome: 'SHORT' });
    expect(await policy({ safety: 0, backorderLimit: 3, restockAt: '2027-01-01T00:00:00Z' })).toMatchObject({ available: 5 });
    expect(await rig.reserve(shop, [{ lineId: 'l', offerId, quantity: 4 }])).toMatchObject({ outcome: 'HELD' });
    expect(await policy({ backorderLimit: 0 })).toMatchObject({ __typename: 'PiecesOwed', owed: 2 });
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Offer { availability { available inStock backorder restockAt } } } }';
    expect(await rig.read({ tenant: shop.tenant }, query, { r: [{ __typename: 'Offer', id: offerId }] })).toEqual({ _entities: [{ availability: { available: 1, inStock: true, backorder: true, restockAt: '2027-01-01T00:00:00.000Z' } }] });
  });
});

describe('a closed warehouse', () => {
  const close = (shop: Shop, warehouseId = shop.warehouseId) => rig.mutate(shop.operator, 'closeWarehouse', { warehouseId });
  const open = async (shop: Shop) => String((await rig.mutate(shop.operator, 'openWarehouse', { name: 'Port' }))['id']);

  it('gives out what came back to it after it closed: it is counted and moved, and nothing goes in [INV-07, INV-08]', async () => {
    const shop = await rig.shop();
    const [offerId, orderId, lineId] = [await rig.offer(shop, 2), newId('ord'), newId('line')];
    await rig.reserve(shop, [{ lineId, offerId, quantity: 2 }], { orderId });
    const parcel = { ...parcelFacts, orderId, lines: [{ cartLineId: lineId, orderLineId: 'x', offerId, quantity: 2 }], reason: 'Refused.' };
    await rig.say(parcelShipped as never, shop, parcel);
    expect(await close(shop)).toMatchObject({ __typename: 'Warehouse' });
    await rig.say(parcelReturned as never, shop, parcel);
    expect(await rig.availability(shop, offerId)).toMatchObject({ inStock: false });
    const elsewhere = await open(shop);
    const keyed = (more: Record<string, unknown>) => ({ offerId, idempotencyKey: newId('req'), ...more });
    expect(await rig.mutate(shop.merchant, 'adjustStock', keyed({ warehouseId: shop.warehouseId, onHand: 1, reason: 'One broke.' }))).toMatchObject({ __typename: 'StockLevel', onHand: 1 });
    expect(await rig.mutate(shop.merchant, 'transferStock', keyed({ fromWarehouseId: shop.warehouseId, toWarehouseId: elsewhere, quantity: 1 }))).toMatchObject({ __typename: 'StockLevel', onHand: 1 });
    expect(await rig.availability(shop, offerId)).toMatchObject({ available: 1, inStock: true });
    await expect(rig.mutate(shop.merchant, 'transferStock', keyed({ fromWarehouseId: elsewhere, toWarehouseId: shop.warehouseId, quantity: 1 }))).rejects.toThrow(/^NOT_FOUND/);
    expect(await rig.receive(shop.merchant, offerId, shop.warehouseId, 1)).toMatchObject({ __typename: 'UnknownShelves' });
  });

  it('never gets a delivery that comes while it closes', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop);
    const rounds = await Promise.all(Array.from({ length: 12 }, async () => {
      const warehouseId = await open(shop);
      const [received, closed] = await Promise.all([rig.receive(shop.merchant, offerId, warehouseId, 1), close(shop, warehouseId)]);
      return `${received.__typename} ${closed.__typename}`;
    }));
    expect(rounds.filter((both) => both !== 'ReceiveStockSucceeded WarehouseNotEmpty' && both !== 'UnknownShelves Warehouse')).toEqual([]);
  });

  it('takes its backorders along: nothing of them is left to be bought, and that is said [INV-05]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop);
    await rig.mutate(shop.merchant, 'setStockPolicy', { offerId, warehouseId: shop.warehouseId, backorderLimit: 10 });
    await close(shop);
    expect(await rig.said(shop, offerId, 'stock-ran-out', 'stock-back')).toEqual(['stock-back', 'stock-ran-out']);
    await rig.subgraph.running.republish([shop.tenant.id]);
    expect((await rig.subgraph.events(shop.tenant.id)).filter(({ type }) => type.endsWith('stock-ran-out')).map(({ payload: { available, backorder } }) => ({ available, backorder }))).toEqual(Array(2).fill({ available: 0, backorder: false }));
  });
});

describe('backorders', () => {
  it('that are used up leave nothing to be bought, and that is said [INV-05, INV-14]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop);
    await rig.mutate(shop.merchant, 'setStockPolicy', { offerId, warehouseId: shop.warehouseId, backorderLimit: 2 });
    await rig.reserve(shop, [{ lineId: 'l', offerId, quantity: 2 }]);
    const told = async () => (await rig.subgraph.events(shop.tenant.id)).filter(({ type }) => /stock-(ran-out|back)$/.test(type)).map(({ payload: { available, backorder } }) => ({ available, backorder }));
    expect(await told()).toEqual([{ available: 2, backorder: true }, { available: 0, backorder: false }]);
    await rig.subgraph.running.republish([shop.tenant.id]);
    expect((await told()).at(-1)).toEqual({ available: 0, backorder: false });
    expect(await rig.availability(shop, offerId)).toEqual({ available: 0, inStock: false, backorder: false });
  });
});

describe('reads', () => {
  it('answer any number of offers by the same statements, and never more pieces than the cap [INV-13]', async () => {
    const shop = await rig.shop();
    const many = await Promise.all(Array.from({ length: 40 }, (_, n) => rig.offer(shop, n === 0 ? 500 : 1)));
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Offer { availability { available inStock } } } }';
    const ask = (ids: readonly string[]) => rig.read<{ _entities: { availability: { available: number } }[] }>({ tenant: shop.tenant }, query, { r: ids.map((id) => ({ __typename: 'Offer', id })) });
    expect((await ask(many))._entities[0]).toEqual({ availability: { available: 50, inStock: true } });
    expect((await ask([await rig.offer(shop), newId('ofr')]))._entities).toEqual([{ availability: { available: 0, inStock: false } }, null]);
    const { stockLevels } = await rig.read<{ stockLevels: { nodes: unknown[]; pageInfo: { hasNextPage: boolean } } }>(shop.merchant, 'query($v: ID!) { stockLevels(vendorId: $v, first: 5, lowOnly: true) { nodes { onHand offer { id } warehouse { name } } pageInfo { hasNextPage } } warehouses(vendorId: $v) { nodes { name } } }', { v: shop.vendorId });
    expect([stockLevels.nodes.length, stockLevels.pageInfo.hasNextPage]).toEqual([5, true]);
  });
});

describe('inventory.count', () => {
  it('counts for a destination what warehouses that send there have, as a hold finds it [INV-06]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 3);
    const { id: abroad } = await rig.mutate(shop.operator, 'openWarehouse', { name: 'Malmö', countries: ['SE'] });
    await rig.receive(shop.merchant, offerId, String(abroad), 4);
    await rig.mutate(shop.operator, 'changeWarehouse', { warehouseId: shop.warehouseId, countries: ['BD', 'IN'] });
    const nowhere = { region: null, city: null, district: null, postalCode: null };
    const count = async (country?: string) => (await rig.subgraph.put(shop, inventoryCount, { offerIds: [offerId], ...(country !== undefined && { destination: { country, ...nowhere } }) })).offers[0]?.available;
    expect([await count(), await count('BD'), await count('SE'), await count('DE')]).toEqual([7, 3, 4, 0]);
  });
});

describe('more pieces than anybody has', () => {
  it('neither hide what others have, nor themselves', async () => {
    const shop = await rig.shop();
    const [endless, mug] = [await rig.offer(shop), await rig.offer(shop, 3)];
    const second = String((await rig.mutate(shop.operator, 'openWarehouse', { name: 'Port' }))['id']);
    const million = (warehouseId: string) => ({ offerId: endless, warehouseId, quantity: 1_000_000 });
    const deliveries = [shop.warehouseId, second].flatMap((warehouseId) => Array.from({ length: 5 }, () => Array.from({ length: 250 }, () => million(warehouseId))));
    for (const rows of deliveries) expect(await rig.mutate(shop.merchant, 'receiveStock', { rows, idempotencyKey: newId('req') })).toMatchObject({ __typename: 'ReceiveStockSucceeded' });
    expect(await rig.subgraph.put(shop, inventoryCount, { offerIds: [endless, mug] })).toEqual({ offers: [{ offerId: endless, available: 2 ** 31 - 1 }, { offerId: mug, available: 3 }] });
    expect(await rig.availability(shop, endless)).toEqual({ available: 50, inStock: true, backorder: false });
    expect(await rig.mutate(shop.merchant, 'setStockPolicy', { offerId: endless, warehouseId: second, lowAt: 1 })).toMatchObject({ __typename: 'StockLevel' });
    await rig.subgraph.running.republish([shop.tenant.id]);
    expect(await rig.mutate(shop.operator, 'closeWarehouse', { warehouseId: second })).toMatchObject({ __typename: 'WarehouseNotEmpty' });
  }, 60_000);
});

describe('levels after all of this', () => {
  it('are what their movements add up to [INV-08]', async () => {
    expect(await rig.wrongLevels()).toEqual([]);
  });
});
