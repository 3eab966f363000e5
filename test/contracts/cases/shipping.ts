import { newId } from '@haat/kit/id';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, type Arranged, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';
import { someWord } from './catalog/goods.js';
import { ordered } from './orders.js';

/** A vendor's people see their own parcels, and nobody else's. */
export const isApartByVendor = true;

interface Part {
  readonly vendorOrderId: string;
  readonly vendorId: string;
}

interface Sent extends Part {
  readonly owner: Arranged['owner'];
  readonly shipmentId: string;
  readonly parcelId: string;
}

const dhaka = [{ country: 'BD', city: 'Dhaka' }];
const key = () => ({ idempotencyKey: newId('req') });

/** An accepted part of an order, as shipping hears of one; orders knows it too, and is asked before anything of it leaves. */
async function accepted(world: World, userId = newId('usr')): Promise<Part> {
  const { orderId, vendorOrderId, vendorId, orderLineId } = await ordered(world, userId, { status: 'PROCESSING' });
  const lines = JSON.stringify([{ orderLineId, cartLineId: newId('line'), offerId: newId('ofr'), title: 'A mug', sku: 'M-1', weightGrams: 300, quantity: 1, cancelled: 0, totalMinor: 5_000 }]);
  await world.marketplace.query(
    `insert into shipping.vendor_order_fact (tenant_id, id, order_id, number, order_number, vendor_id, vendor_name, status, user_id, locale, currency, lines, ship_to, amount_to_collect_minor)
     select id, $1, $2, $1, $2, $3, 'A vendor', 'PROCESSING', $4, 'en', 'BDT', $5, '{}', 0 from tenants.tenant where slug = 'acme'`, [vendorOrderId, orderId, vendorId, userId, lines]);
  return { vendorOrderId, vendorId };
}

/** The same with a parcel that its vendor carries; without a label, which a worker would make meanwhile. */
async function sent(world: World): Promise<Sent> {
  const [owner, part] = await Promise.all([world.operator(), accepted(world)]);
  const [shipmentId, parcelId] = [newId('shp'), newId('par')];
  const { query } = world.marketplace;
  await query(`insert into shipping.shipment (tenant_id, id, vendor_order_id, order_id, vendor_id, carrier) select tenant_id, $1, id, order_id, vendor_id, 'own' from shipping.vendor_order_fact where id = $2`, [shipmentId, part.vendorOrderId]);
  await query(
    `insert into shipping.parcel (tenant_id, id, shipment_id, position, status, lines, weight_grams, amount_to_collect_minor, tracking_id, booking)
     select tenant_id, $1, id, 1, 'BOOKED', '[]', 300, 0, $1, 'NONE' from shipping.shipment where id = $2`, [parcelId, shipmentId]);
  return { ...part, owner, shipmentId, parcelId };
}

async function zone(world: World): Promise<{ owner: Arranged['owner']; zoneId: string; methodId: string }> {
  const owner = await world.operator();
  const { id: zoneId } = await mutate(world.door, owner, 'saveShippingZone', { name: someWord('zone'), areas: dhaka }, '... on ShippingZone { id }');
  const { id: methodId } = await mutate(world.door, owner, 'saveShippingMethod', { zoneId, ...method() }, '... on ShippingMethod { id }');
  return { owner, zoneId: String(zoneId), methodId: String(methodId) };
}

const method = () => ({ name: someWord('way'), bands: [{ price: { minor: 6_000, currency: 'BDT' } }] });

/** What an operator does with a parcel. */
function ofParcel(field: string, document: string, variablesOf: (parcel: Sent) => Record<string, unknown>, succeeded: WallCase['succeeded']): WallCase {
  return {
    field, document, succeeded,
    arrange: async (world) => {
      const parcel = await sent(world);
      return { owner: parcel.owner, variables: variablesOf(parcel), marks: [parcel.shipmentId, parcel.parcelId] };
    },
  };
}

const named: WallCase['succeeded'] = (value, { marks }) => marks.some((mark) => JSON.stringify(value).includes(mark));

/** How shipping keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  {
    field: 'Query.shippingZones', document: 'query { shippingZones(first: 100) { nodes { id name areas { city } } } }', succeeded: named, exceptions: inOwnTenant('Operators see the zones of their own marketplace.'),
    arrange: async (world) => {
      const { owner, zoneId } = await zone(world);
      return { owner, variables: {}, marks: [zoneId] };
    },
  },
  {
    field: 'Query.shippingMethods', document: 'query { shippingMethods(first: 100) { nodes { id name } } }', succeeded: named, exceptions: inOwnTenant('Operators see the ways of delivery of their own marketplace.'),
    arrange: async (world) => {
      const { owner, methodId } = await zone(world);
      return { owner, variables: {}, marks: [methodId] };
    },
  },
  {
    field: 'Mutation.saveShippingZone', document: mutation('saveShippingZone', '... on ShippingZone { id name } ... on Problem { message }'), succeeded: is('ShippingZone'),
    arrange: async (world) => {
      const { owner, zoneId } = await zone(world);
      return { owner, variables: { input: { zoneId, name: someWord('zone'), areas: dhaka } }, marks: [zoneId] };
    },
  },
  {
    field: 'Mutation.saveShippingMethod', document: mutation('saveShippingMethod', '... on ShippingMethod { id name } ... on Problem { message }'), succeeded: is('ShippingMethod'),
    arrange: async (world) => {
      const { owner, zoneId, methodId } = await zone(world);
      return { owner, variables: { input: { zoneId, methodId, ...method() } }, marks: [zoneId, methodId] };
    },
  },
  {
    field: 'Query.carrierAccounts', document: 'query { carrierAccounts { id carrier storeId } }', succeeded: named, exceptions: inOwnTenant('Operators see the accounts of their own marketplace.'),
    arrange: async (world) => {
      const owner = await world.operator();
      const id = newId('car');
      await world.marketplace.query(
        `insert into shipping.carrier_account (tenant_id, id, vendor_id, carrier, store_id, is_sandbox, sealed_credentials, callback_hash)
         select t.id, $1, null, $1, '1', true, '', $1 from tenants.tenant t where t.slug = 'acme'`, [id]);
      return { owner, variables: {}, marks: [id] };
    },
  },
  {
    // The courier lets nobody in by this: what counts is who gets as far as asking it.
    field: 'Mutation.connectCarrier', document: mutation('connectCarrier', '... on CarrierRefused { message }'), succeeded: is('CarrierRefused'), exceptions: inOwnTenant('Operators connect carriers of their own marketplace.'),
    arrange: async (world) => ({
      owner: await world.operator(), marks: [],
      variables: { input: { storeId: '1', clientId: 'nobody', clientSecret: 'none', username: 'nobody@example.com', password: 'none', callbackSecret: newId('req'), integrationSecret: 'none' } },
    }),
  },
  ofParcel('Query.shipment', 'query($id: ID!) { shipment(id: $id) { id status trackingId parcels { id lines { title } } lines { quantity } label { url } events { kind note } } }', ({ shipmentId }) => ({ id: shipmentId }), named),
  {
    field: 'Mutation.shipVendorOrder', document: mutation('shipVendorOrder', '... on Shipment { id status } ... on Problem { message }'), succeeded: is('Shipment'),
    arrange: async (world) => {
      const { vendorOrderId } = await accepted(world);
      return { owner: await world.operator(), variables: { input: { vendorOrderId, ...key() } }, marks: [vendorOrderId] };
    },
  },
  // Nothing but the courier's word is in it.
  ofParcel('Query.carrierPrice', 'query($vendorOrderId: ID!) { carrierPrice(vendorOrderId: $vendorOrderId, weightGrams: 500) { carrier reasons } }', ({ vendorOrderId }) => ({ vendorOrderId }), ({ carrier }) => carrier === 'pathao'),
  ofParcel('Mutation.recordTracking', mutation('recordTracking', '... on Shipment { id status } ... on Problem { message }'), ({ shipmentId }) => ({ input: { shipmentId, status: 'PICKED_UP' } }), is('Shipment')),
  ofParcel('Mutation.cancelShipment', mutation('cancelShipment', '... on Shipment { id status } ... on Problem { message }'), ({ shipmentId }) => ({ input: { shipmentId } }), is('Shipment')),
  ofParcel('Mutation.settleBooking', mutation('settleBooking', '... on Problem { message }'), ({ parcelId }) => ({ input: { parcelId } }), is('BookingNotUncertain')),
];

/** Entities that others may ask shipping for. */
export const samples: SubgraphCases['samples'] = {
  VendorOrder: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await sent(world)).vendorOrderId }, select: 'shipments { id }' }),
  Shipment: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await sent(world)).shipmentId }, select: 'status' }),
  CartGroup: async (world: World): Promise<Sample> => {
    const [group, offerId] = [newId('grp'), newId('ofr')];
    await world.marketplace.query(`insert into shipping.offer_fact (tenant_id, id, vendor_id, shipping_profile) select id, $1, $2, 'standard' from tenants.tenant where slug = 'acme'`, [offerId, newId('ven')]);
    const facts = { vendorId: newId('ven'), lines: [{ offerId, quantity: 1 }], destination: { country: 'BD', city: 'Dhaka' }, subtotal: { minor: 100, currency: 'BDT' }, chosenShippingMethodId: null };
    return { tenant: 'acme', key: { id: group, ...facts }, select: 'shippingOptions { vendorId }' };
  },
};
