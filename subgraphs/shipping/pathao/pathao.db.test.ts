import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { account, minute, PathaoRig } from '../testing/pathao-rig.js';
import type { PathaoStandIn } from '../testing/pathao-stand-in.js';
import type { ShippingRig } from '../testing/shipping-rig.js';

let shop: PathaoRig;
let rig: ShippingRig;
let pathao: PathaoStandIn;
beforeAll(async () => {
  shop = await PathaoRig.start();
  ({ rig, pathao } = shop);
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => shop.reset());

describe('an account at Pathao', () => {
  it('is kept once Pathao let it in; its secrets are sealed and shown to nobody', async () => {
    const market = await shop.connected();
    expect(await rig.mutate(market.operator, 'connectCarrier', { ...account, password: 'wrong' })).toMatchObject({ __typename: 'CarrierRefused', reasons: ['Pathao does not let this account in.'] });
    expect(await rig.mutate(market.operator, 'connectCarrier', { ...account, isSandbox: true })).toMatchObject({ __typename: 'CarrierRefused' });
    await expect(rig.mutate(market.merchant, 'connectCarrier', account)).rejects.toThrow('FORBIDDEN');
    await expect(rig.mutate(market.merchant, 'connectCarrier', { ...account, vendorId: market.vendorId })).rejects.toThrow('no other account');
    const [row] = await rig.subgraph.query('select * from shipping.carrier_account where tenant_id = $1', [market.tenant.id]);
    expect(JSON.stringify(row)).not.toMatch(/client-secret|password"|a callback secret/);
    const { carrierAccounts } = await rig.read<{ carrierAccounts: unknown[] }>(market.operator, '{ carrierAccounts { storeId carrier } }');
    expect(carrierAccounts).toEqual([{ storeId: '7', carrier: 'pathao' }]);
  });

  it('must be there before anything goes by it', async () => {
    const market = rig.market();
    expect(await shop.ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]))).toMatchObject({ __typename: 'CarrierRefused' });
  });

  it('renews its token by the other one when Pathao takes it no more, and by its password when that is taken no more', async () => {
    const { market } = await shop.taken();
    pathao.grants.length = 0;
    await shop.ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]));
    expect(pathao.grants).toEqual([]);
    pathao.forgetTokens();
    expect(await shop.ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]))).toMatchObject({ __typename: 'Shipment', status: 'BOOKED' });
    expect(pathao.grants).toEqual(['refresh_token', 'password']);
  });
});

describe('a parcel by Pathao', () => {
  it('has its consignment at once, its label soon, and what Pathao was told is right [SHP-05, SHP-07]', async () => {
    const { market, sent, parcelId, consignment } = await shop.taken();
    expect(sent).toMatchObject({ status: 'BOOKED', carrier: 'pathao', trackingId: consignment });
    expect(pathao.orders.at(-1)).toMatchObject({
      store_id: 7, merchant_order_id: parcelId, recipient_name: 'Ann Rahman', recipient_phone: '01711000000', recipient_address: 'House 12, Road 4, Dhanmondi, Dhaka 1205', item_weight: 0.6, item_quantity: 2, amount_to_collect: 534, delivery_type: 48, item_type: 2,
    });
    await rig.subgraph.runJob('make-labels');
    expect((await shop.read(market, sent.id)).status).toBe('LABELLED');
    expect(await rig.mutate(market.merchant, 'cancelShipment', { shipmentId: sent.id })).toMatchObject({ __typename: 'WrongShipmentStatus' });
    expect(await rig.mutate(market.merchant, 'recordTracking', { shipmentId: sent.id, status: 'DELIVERED' })).toMatchObject({ __typename: 'WrongShipmentStatus' });
  });

  it('has its price asked for before it goes, by the names of its place [SHP-04]', async () => {
    const market = await shop.connected();
    const ask = async (shipTo: Record<string, unknown>, weightGrams = 1_000, asker = market.merchant) => {
      const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }], { shipTo: { country: 'BD', region: null, city: 'dhaka', district: null, postalCode: null, ...shipTo } });
      const query = 'query($id: ID!, $weight: Int!) { carrierPrice(vendorOrderId: $id, weightGrams: $weight) { carrier price { minor } reasons } }';
      return (await rig.read<{ carrierPrice: { price: { minor: number } | null; reasons: string[] } }>(asker, query, { id: part.state.vendorOrderId, weight: weightGrams })).carrierPrice;
    };
    expect(await ask({ district: 'dhanmondi' })).toEqual({ carrier: 'pathao', price: { minor: 15_200 }, reasons: [] });
    expect((await ask({}, 100)).price).toEqual({ minor: 34_800 });
    expect(await ask({ city: 'Atlantis' })).toMatchObject({ price: null, reasons: ['Pathao has no city Atlantis.'] });
    expect((await ask({}, 10_001)).reasons).toHaveLength(1);
    await expect(ask({}, 100, market.stranger)).rejects.toThrow('NOT_FOUND');
    await expect(ask({}, 0)).rejects.toThrow('weightGrams');
  });

  it('that could not be asked for at once is not while its part is held back, and is afterwards', async () => {
    const market = await shop.connected();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    pathao.manner = 'busy';
    const { status, parcels } = await shop.ship(market, part);
    expect(status).toBe('DRAFT');
    await rig.changed(market, part, { status: 'ON_HOLD' });
    pathao.manner = 'take';
    const askLater = async () => {
      rig.clock.advance(3_600_000);
      await rig.subgraph.runJob('ask-carriers');
      return pathao.orders.filter(({ merchant_order_id }) => merchant_order_id === parcels[0]?.id).length;
    };
    expect([await askLater(), await askLater()]).toEqual([0, 0]);
    await rig.changed(market, part, { status: 'PROCESSING' });
    expect([await askLater(), await askLater()]).toEqual([1, 1]);
  });

  it('that Pathao refuses is not sent, with its words, under the same key too; its pieces are free again', async () => {
    const market = await shop.connected();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    pathao.manner = 'refuse';
    const idempotencyKey = newId('req');
    const refused = await rig.ship(market.merchant, part, { carrier: 'pathao', idempotencyKey });
    expect(refused).toMatchObject({ __typename: 'CarrierRefused', reasons: ['The phone is not known.'] });
    pathao.manner = 'take';
    expect(await rig.ship(market.merchant, part, { carrier: 'pathao', idempotencyKey })).toEqual(refused);
    expect(await shop.ship(market, part)).toMatchObject({ status: 'BOOKED' });
  });

  it('that cannot be asked for now is asked for later, once', async () => {
    const market = await shop.connected();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    pathao.manner = 'busy';
    const { id, status, parcels } = await shop.ship(market, part);
    expect(status).toBe('DRAFT');
    await rig.subgraph.runJob('ask-carriers');
    pathao.manner = 'take';
    rig.clock.advance(60_000);
    await Promise.all([rig.subgraph.runJob('ask-carriers'), rig.subgraph.runJob('ask-carriers')]);
    await rig.subgraph.runJob('ask-carriers');
    expect((await shop.read(market, id)).status).toBe('BOOKED');
    expect(pathao.orders.filter(({ merchant_order_id }) => merchant_order_id === parcels[0]?.id)).toHaveLength(1);
  });

  it('of which nobody knows whether it was taken is never asked for again, and found by its news or by hand', async () => {
    const market = await shop.connected();
    const [byNews, byHand, again] = [await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]), await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]), await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }])];
    pathao.manner = 'take-silently';
    const sent = [await shop.ship(market, byNews), await shop.ship(market, byHand), await shop.ship(market, again)];
    pathao.manner = 'take';
    rig.clock.advance(3_600_000);
    await rig.subgraph.runJob('ask-carriers');
    const ids = sent.map(({ parcels }) => parcels[0]?.id ?? '');
    const times = () => ids.map((id) => pathao.orders.filter(({ merchant_order_id }) => merchant_order_id === id).length);
    expect([sent.map(({ status }) => status), times()]).toEqual([['DRAFT', 'DRAFT', 'DRAFT'], [1, 1, 1]]);

    await shop.callBack(market, { event: 'order.created', consignment_id: pathao.consignmentOf(ids[0] ?? ''), merchant_order_id: ids[0], timestamp: minute(1) });
    await shop.takeUp();
    const settle = (at: number, trackingId?: string) => rig.mutate(market.merchant, 'settleBooking', { parcelId: ids[at], trackingId });
    expect(await settle(1, pathao.consignmentOf(ids[0] ?? ''))).toMatchObject({ __typename: 'CarrierRefused' });
    expect(await settle(1, 'DT-unknown')).toMatchObject({ __typename: 'CarrierRefused' });
    expect(await settle(1, pathao.consignmentOf(ids[1] ?? ''))).toMatchObject({ __typename: 'Shipment', status: 'BOOKED' });
    expect(await settle(1)).toMatchObject({ __typename: 'BookingNotUncertain' });
    expect(await settle(2)).toMatchObject({ __typename: 'Shipment', status: 'BOOKED' });
    expect(times()).toEqual([1, 1, 2]);
    for (const { id } of sent) expect((await shop.read(market, id)).status).toBe('BOOKED');
    await expect(rig.mutate(market.stranger, 'settleBooking', { parcelId: ids[0] })).rejects.toThrow('NOT_FOUND');
  });

  it('whose order is cancelled meanwhile is dropped, and the note says what to withdraw', async () => {
    const { market, part, sent, consignment } = await shop.taken();
    await rig.cancelled(market, part, [2], { amountMinor: 53_421, status: 'CANCELLED' });
    const { status, events } = await shop.read(market, sent.id);
    expect([status, events.at(-1)?.note]).toEqual(['CANCELLED', `Changed my mind. Withdraw ${consignment} at the carrier.`]);
  });
});

// Last, since it moves the clock of all by a day.
describe('the secret of Pathao\'s callbacks', () => {
  it('counts for a day more once there is another one, and is nobody else\'s meanwhile', async () => {
    const { market, sent, consignment } = await shop.taken();
    const [old, fresh] = [account.callbackSecret, 'another callback secret'];
    const connect = (asker: TestAsker, callbackSecret: string, more: Record<string, unknown> = {}) => rig.mutate(asker, 'connectCarrier', { ...account, callbackSecret, ...more });
    const statusOf = async (secret: string) => (await shop.callBack(market, { event: 'order.updated', consignment_id: consignment, timestamp: minute(1) }, secret))[0];
    for (const _ of ['changed', 'sent once more']) await connect(market.operator, fresh);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([202, 202]);
    expect((await shop.callBack(market, { event: 'order.picked', consignment_id: consignment, timestamp: '2026-01-01 00:00:00' }, old))[0]).toBe(202);
    await shop.longAgo(sent.parcels[0]?.id ?? '');
    await shop.takeUp();
    expect((await shop.read(market, sent.id)).status).toBe('PICKED_UP');
    await expect(connect(market.merchant, old, { vendorId: market.vendorId })).rejects.toThrow('no other account');
    rig.clock.advance(86_400_000);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 202]);
    expect(await connect(market.merchant, old, { vendorId: market.vendorId })).toMatchObject({ __typename: 'CarrierAccount' });
  });
});
