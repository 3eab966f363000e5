import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, type Arranged, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';
import { offer, someWord } from './catalog/goods.js';

/** Merchants keep their own vendor's stock, and nobody else's. */
export const isApartByVendor = true;

interface Shelf {
  readonly owner: Arranged['owner'];
  readonly offerId: string;
  readonly vendorId: string;
  readonly warehouseId: string;
}

/** An offer that inventory has heard of, with nine pieces in a warehouse of its own. */
export async function filled(world: World): Promise<Shelf> {
  const { owner, offerId } = await offer(world, true);
  const [fact] = await eventually(async () => {
    const rows = await world.marketplace.query<{ vendor_id: string }>('select vendor_id from inventory.offer_fact where id = $1', [offerId]);
    return rows.length > 0 ? rows : undefined;
  });
  const opened = await mutate(world.door, owner, 'openWarehouse', { name: someWord('warehouse') }, '... on Warehouse { id }');
  const warehouseId = String(opened['id']);
  await mutate(world.door, owner, 'receiveStock', { rows: [{ offerId, warehouseId, quantity: 9 }], idempotencyKey: newId('req') });
  return { owner, offerId, warehouseId, vendorId: fact?.vendor_id ?? '' };
}

function reading(field: string, document: string, variablesOf: (shelf: Shelf) => Record<string, unknown>, marksOf: (shelf: Shelf) => string[]): WallCase {
  return {
    field: `Query.${field}`, document,
    arrange: async (world) => {
      const shelf = await filled(world);
      return { owner: shelf.owner, variables: variablesOf(shelf), marks: marksOf(shelf) };
    },
    succeeded: (value) => /"(onHand|quantity|name)"/.test(JSON.stringify(value)),
  };
}

function changing(field: string, select: string, succeeded: WallCase['succeeded'], inputOf: (shelf: Shelf) => Record<string, unknown>): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field, select),
    arrange: async (world) => {
      const shelf = await filled(world);
      return { owner: shelf.owner, variables: { input: inputOf(shelf) }, marks: [shelf.warehouseId] };
    },
    succeeded,
  };
}

const shelfOf = ({ offerId, warehouseId }: Shelf) => ({ offerId, warehouseId });
const once = () => ({ idempotencyKey: newId('req') });

/** How inventory keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  reading('stockLevel', 'query($offerId: ID!, $warehouseId: ID!) { stockLevel(offerId: $offerId, warehouseId: $warehouseId) { onHand warehouse { id name } } }', shelfOf, ({ warehouseId }) => [warehouseId]),
  reading('stockLevels', 'query($vendorId: ID!) { stockLevels(vendorId: $vendorId) { nodes { onHand warehouse { id } } } }', ({ vendorId }) => ({ vendorId }), ({ warehouseId }) => [warehouseId]),
  reading('stockMovements', 'query($offerId: ID!) { stockMovements(offerId: $offerId) { nodes { id kind quantity } } }', ({ offerId }) => ({ offerId }), ({ warehouseId }) => [warehouseId]),
  { ...reading('warehouse', 'query($id: ID!) { warehouse(id: $id) { id name } }', ({ warehouseId }) => ({ id: warehouseId }), ({ warehouseId }) => [warehouseId]), exceptions: { 'another vendor\'s merchant': { kind: 'theirs', why: 'A warehouse of the marketplace is there for every vendor.' } } },
  { ...reading('warehouses', 'query($vendorId: ID!) { warehouses(vendorId: $vendorId, first: 100) { nodes { id name } } }', ({ vendorId }) => ({ vendorId }), ({ warehouseId }) => [warehouseId]), succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-') },
  {
    ...reading('stockChanged', 'subscription($vendorId: ID!) { stockChanged(vendorId: $vendorId) { onHand } }', ({ vendorId }) => ({ vendorId }), ({ warehouseId }) => [warehouseId]),
    field: 'Subscription.stockChanged',
    succeeded: (value) => value['isListening'] === true,
    exceptions: inOwnTenant('Operators listen to their own marketplace, which has no such vendor.'),
  },
  changing('receiveStock', '... on ReceiveStockSucceeded { levels { onHand } }', is('ReceiveStockSucceeded'), (shelf) => ({ rows: [{ ...shelfOf(shelf), quantity: 1 }], ...once() })),
  changing('adjustStock', '... on StockLevel { onHand }', is('StockLevel'), (shelf) => ({ ...shelfOf(shelf), onHand: 8, reason: 'Counted.', ...once() })),
  changing('setStockPolicy', '... on StockLevel { safety }', is('StockLevel'), (shelf) => ({ ...shelfOf(shelf), safety: 1 })),
  {
    field: 'Mutation.transferStock', document: mutation('transferStock', '... on StockLevel { onHand }'),
    arrange: async (world) => {
      const { owner, offerId, warehouseId: fromWarehouseId } = await filled(world);
      const to = await mutate(world.door, owner, 'openWarehouse', { name: someWord('warehouse') }, '... on Warehouse { id }');
      return { owner, variables: { input: { offerId, fromWarehouseId, toWarehouseId: to['id'], quantity: 1, ...once() } }, marks: [fromWarehouseId] };
    },
    succeeded: is('StockLevel'),
  },
  {
    field: 'Mutation.openWarehouse', document: mutation('openWarehouse', '... on Warehouse { name }'),
    arrange: async (world) => ({ owner: await world.operator(), variables: { input: { name: someWord('warehouse') } }, marks: [] }),
    succeeded: is('Warehouse'),
    exceptions: inOwnTenant('Operators open warehouses of their own marketplace.'),
  },
  changing('changeWarehouse', '... on Warehouse { name }', is('Warehouse'), ({ warehouseId }) => ({ warehouseId, name: someWord('warehouse') })),
  {
    field: 'Mutation.closeWarehouse', document: mutation('closeWarehouse', '... on Warehouse { closedAt }'),
    arrange: async (world) => {
      const owner = await world.operator();
      const { id } = await mutate(world.door, owner, 'openWarehouse', { name: someWord('warehouse') }, '... on Warehouse { id }');
      return { owner, variables: { input: { warehouseId: id } }, marks: [String(id)] };
    },
    succeeded: is('Warehouse'),
  },
];

/** Entities that others may ask inventory for. */
export const samples: SubgraphCases['samples'] = {
  Offer: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await filled(world)).offerId }, select: 'availability { available }' }),
  Warehouse: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await filled(world)).warehouseId }, select: 'name' }),
};
