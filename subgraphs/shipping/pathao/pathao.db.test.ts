import { newId } from '@haat/kit/id';
import { unavailable } from '@haat/kit/refusal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { standInAccount, startPathaoStandIn, type PathaoStandIn } from '../testing/pathao-stand-in.js';
import { departed, ShippingRig, type Market, type Outcome, type Part } from '../testing/shipping-rig.js';

let rig: ShippingRig;
let pathao: PathaoStandIn;
beforeAll(async () => {
  pathao = await startPathaoStandIn();
  rig = await ShippingRig.start({ PATHAO_URL: `${pathao.url}/`, PATHAO_SANDBOX_URL: 'http://127.0.0.1:9', CARRIER_TIMEOUT_MS: '2000' });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await pathao[Symbol.asyncDispose]();
});
beforeEach(() => {
  Object.assign(pathao, { manner: 'take' });
  rig.letDepart = departed;
});

interface Sent extends Outcome {
  readonly id: string;
  readonly status: string;
  readonly trackingId: string | null;
  readonly parcels: readonly { readonly id: string }[];
}

const integrationSecret = 'f3992ecc-59da-4cbe-a049-a13da2018d51';
const account = { ...standInAccount, storeId: '7', callbackSecret: 'a callback secret', integrationSecret };

async function connected(): Promise<Market> {
  const market = rig.market();
  expect(await rig.mutate(market.operator, 'connectCarrier', account)).toMatchObject({ __typename: 'CarrierAccount', callbackPath: `/hooks/shipping/pathao/${market.tenant.slug}` });
  return market;
}

const cash = { amountToCollectMinor: 53_421, paymentChoice: 'CASH_ON_DELIVERY' } as const;
const ship = (market: Market, part: Part) => rig.ship(market.merchant, part, { carrier: 'pathao' }) as Promise<Sent>;

/** A parcel that Pathao took. */
async function taken(changes: Parameters<ShippingRig['part']>[2] = cash): Promise<{ market: Market; part: Part; sent: Sent; parcelId: string; consignment: string }> {
  const market = await connected();
  const part = await rig.part(market, [{ quantity: 2, totalMinor: 53_421 }], changes);
  const sent = await ship(market, part);
  const parcelId = sent.parcels[0]?.id ?? '';
  return { market, part, sent, parcelId, consignment: pathao.consignmentOf(parcelId) };
}

/** Pathao calls back; answers the status and the integration secret of the answer. */
async function callBack({ tenant }: Market, said: Record<string, unknown>, secret: string | null = account.callbackSecret): Promise<[number, string | undefined]> {
  const { status, headers } = await rig.subgraph.send({ tenant }, {
    method: 'POST', url: `/hooks/shipping/pathao/${tenant.slug}`, headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-pathao-signature': secret }) }, body: Buffer.from(JSON.stringify(said)),
  });
  return [status, headers['x-pathao-merchant-webhook-integration-secret']];
}

/** The test's clock stands still at the beginning of 2026: what happened before it is told by the minute. */
const minute = (at: number) => `2025-12-31 20:${String(at).padStart(2, '0')}:00`;
const tell = async ({ market, consignment }: { market: Market; consignment: string }, event: string, at: number, more: Record<string, unknown> = {}) => callBack(market, { event: `order.${event}`, consignment_id: consignment, timestamp: minute(at), ...more });
const takeUp = () => rig.subgraph.runJob('take-callbacks');
const names = async (market: Market) => (await rig.said(market)).map(([name]) => name);
const read = async (market: Market, id: string) => (await rig.read<{ shipment: { status: string; events: { kind: string; status: string | null; note: string | null }[] } }>(market.merchant, 'query($id: ID!) { shipment(id: $id) { status events { kind status note } } }', { id })).shipment;

/** Puts the beginning of a parcel before all that is told of it. */
async function longAgo(parcelId: string): Promise<void> {
  await rig.subgraph.query(`update shipping.parcel set heard_at = '2025-12-31T00:00:00Z' where id = $1`, [parcelId]);
}

describe('an account at Pathao', () => {
  it('is kept once Pathao let it in; its secrets are sealed and shown to nobody', async () => {
    const market = await connected();
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
    expect(await ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]))).toMatchObject({ __typename: 'CarrierRefused' });
  });

  it('renews its token by the other one when Pathao takes it no more, and by its password when that is taken no more', async () => {
    const { market } = await taken();
    pathao.grants.length = 0;
    await ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]));
    expect(pathao.grants).toEqual([]);
    pathao.forgetTokens();
    expect(await ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]))).toMatchObject({ __typename: 'Shipment', status: 'BOOKED' });
    expect(pathao.grants).toEqual(['refresh_token', 'password']);
  });
});

describe('a parcel by Pathao', () => {
  it('has its consignment at once, its label soon, and what Pathao was told is right [SHP-05, SHP-07]', async () => {
    const { market, sent, parcelId, consignment } = await taken();
    expect(sent).toMatchObject({ status: 'BOOKED', carrier: 'pathao', trackingId: consignment });
    expect(pathao.orders.at(-1)).toMatchObject({
      store_id: 7, merchant_order_id: parcelId, recipient_name: 'Ann Rahman', recipient_phone: '01711000000', recipient_address: 'House 12, Road 4, Dhanmondi, Dhaka 1205', item_weight: 0.6, item_quantity: 2, amount_to_collect: 534, delivery_type: 48, item_type: 2,
    });
    await rig.subgraph.runJob('make-labels');
    expect((await read(market, sent.id)).status).toBe('LABELLED');
    expect(await rig.mutate(market.merchant, 'cancelShipment', { shipmentId: sent.id })).toMatchObject({ __typename: 'WrongShipmentStatus' });
    expect(await rig.mutate(market.merchant, 'recordTracking', { shipmentId: sent.id, status: 'DELIVERED' })).toMatchObject({ __typename: 'WrongShipmentStatus' });
  });

  it('has its price asked for before it goes, by the names of its place [SHP-04]', async () => {
    const market = await connected();
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

  it('that Pathao refuses is not sent, with its words, under the same key too; its pieces are free again', async () => {
    const market = await connected();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    pathao.manner = 'refuse';
    const idempotencyKey = newId('req');
    const refused = await rig.ship(market.merchant, part, { carrier: 'pathao', idempotencyKey });
    expect(refused).toMatchObject({ __typename: 'CarrierRefused', reasons: ['The phone is not known.'] });
    pathao.manner = 'take';
    expect(await rig.ship(market.merchant, part, { carrier: 'pathao', idempotencyKey })).toEqual(refused);
    expect(await ship(market, part)).toMatchObject({ status: 'BOOKED' });
  });

  it('that cannot be asked for now is asked for later, once', async () => {
    const market = await connected();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    pathao.manner = 'busy';
    const { id, status, parcels } = await ship(market, part);
    expect(status).toBe('DRAFT');
    await rig.subgraph.runJob('ask-carriers');
    pathao.manner = 'take';
    rig.clock.advance(60_000);
    await Promise.all([rig.subgraph.runJob('ask-carriers'), rig.subgraph.runJob('ask-carriers')]);
    await rig.subgraph.runJob('ask-carriers');
    expect((await read(market, id)).status).toBe('BOOKED');
    expect(pathao.orders.filter(({ merchant_order_id }) => merchant_order_id === parcels[0]?.id)).toHaveLength(1);
  });

  it('of which nobody knows whether it was taken is never asked for again, and found by its news or by hand', async () => {
    const market = await connected();
    const [byNews, byHand, again] = [await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]), await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]), await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }])];
    pathao.manner = 'take-silently';
    const sent = [await ship(market, byNews), await ship(market, byHand), await ship(market, again)];
    pathao.manner = 'take';
    rig.clock.advance(3_600_000);
    await rig.subgraph.runJob('ask-carriers');
    const ids = sent.map(({ parcels }) => parcels[0]?.id ?? '');
    const times = () => ids.map((id) => pathao.orders.filter(({ merchant_order_id }) => merchant_order_id === id).length);
    expect([sent.map(({ status }) => status), times()]).toEqual([['DRAFT', 'DRAFT', 'DRAFT'], [1, 1, 1]]);

    await callBack(market, { event: 'order.created', consignment_id: pathao.consignmentOf(ids[0] ?? ''), merchant_order_id: ids[0], timestamp: minute(1) });
    await takeUp();
    const settle = (at: number, trackingId?: string) => rig.mutate(market.merchant, 'settleBooking', { parcelId: ids[at], trackingId });
    expect(await settle(1, pathao.consignmentOf(ids[0] ?? ''))).toMatchObject({ __typename: 'CarrierRefused' });
    expect(await settle(1, 'DT-unknown')).toMatchObject({ __typename: 'CarrierRefused' });
    expect(await settle(1, pathao.consignmentOf(ids[1] ?? ''))).toMatchObject({ __typename: 'Shipment', status: 'BOOKED' });
    expect(await settle(1)).toMatchObject({ __typename: 'BookingNotUncertain' });
    expect(await settle(2)).toMatchObject({ __typename: 'Shipment', status: 'BOOKED' });
    expect(times()).toEqual([1, 1, 2]);
    for (const { id } of sent) expect((await read(market, id)).status).toBe('BOOKED');
    await expect(rig.mutate(market.stranger, 'settleBooking', { parcelId: ids[0] })).rejects.toThrow('NOT_FOUND');
  });

  it('whose order is cancelled meanwhile is dropped, and the note says what to withdraw', async () => {
    const { market, part, sent, consignment } = await taken();
    await rig.cancelled(market, part, [2], { amountMinor: 53_421, status: 'CANCELLED' });
    const { status, events } = await read(market, sent.id);
    expect([status, events.at(-1)?.note]).toEqual(['CANCELLED', `Changed my mind. Withdraw ${consignment} at the carrier.`]);
  });
});

describe('Pathao\'s news', () => {
  it('lead a parcel to its door, and its cash to the books, once each however often they come [SHP-06]', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    const steps = ['pickup-requested', 'assigned-for-pickup', 'picked', 'at-the-sorting-hub', 'in-transit', 'received-at-last-mile-hub', 'assigned-for-delivery'];
    for (const [at, step] of steps.entries()) expect(await tell(parcel, step, at)).toEqual([202, integrationSecret]);
    await takeUp();
    expect((await read(parcel.market, parcel.sent.id)).status).toBe('OUT_FOR_DELIVERY');
    pathao.statuses.set(parcel.consignment, 'Delivered');
    for (let times = 0; times < 3; times += 1) {
      await tell(parcel, 'delivered', 20, { collected_amount: 534, delivery_fee: 85 });
      await takeUp();
    }
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected']);
    expect((await rig.said(parcel.market)).at(-1)?.[1]).toMatchObject({ amountMinor: 53_421, feeMinor: 8_500, carrier: 'pathao', currency: 'BDT' });
  });

  it('in any order come to the same end', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    pathao.statuses.set(parcel.consignment, 'Delivered');
    for (const [event, at] of [['delivered', 9], ['in-transit', 4], ['picked', 3], ['assigned-for-delivery', 8], ['delivery-failed', 6]] as const) {
      await tell(parcel, event, at, event === 'delivered' ? { collected_amount: 534 } : {});
      await takeUp();
    }
    expect((await read(parcel.market, parcel.sent.id)).status).toBe('DELIVERED');
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected']);
  });

  it('of a failure that come after those of the next try do not put it back', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    for (const [event, at] of [['picked', 1], ['assigned-for-delivery', 8], ['delivery-failed', 6]] as const) {
      await tell(parcel, event, at);
      await takeUp();
    }
    expect((await read(parcel.market, parcel.sent.id)).status).toBe('OUT_FOR_DELIVERY');
  });

  it('that were lost are asked for after a while, once it is long enough', async () => {
    const parcel = await taken();
    pathao.statuses.set(parcel.consignment, 'Delivered');
    rig.clock.advance(11 * 3_600_000);
    await rig.subgraph.runJob('ask-carriers');
    expect(await names(parcel.market)).toEqual([]);
    rig.clock.advance(2 * 3_600_000);
    for (let times = 0; times < 2; times += 1) await rig.subgraph.runJob('ask-carriers');
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected']);
    await tell(parcel, 'delivered', 20, { collected_amount: 534 });
    await takeUp();
    expect(await names(parcel.market)).toHaveLength(3);
  });

  it('of what was cancelled meanwhile move nothing, and say to get it back; those asked for as well', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    rig.letDepart = () => 'CANCELLED';
    await tell(parcel, 'picked', 1);
    await takeUp();
    pathao.statuses.set(parcel.consignment, 'In_Transit');
    rig.clock.advance(13 * 3_600_000);
    await rig.subgraph.runJob('ask-carriers');
    const { status, events } = await read(parcel.market, parcel.sent.id);
    const getBack = 'The order was cancelled before this was heard. Get the parcel back from the carrier.';
    expect([status, events.filter(({ note }) => note === getBack)]).toEqual(['BOOKED', [{ kind: 'order.picked', status: null, note: getBack }, { kind: 'asked', status: null, note: getBack }]]);
    expect(await names(parcel.market)).toEqual([]);
  });

  it('wait where orders cannot be asked whether it may leave', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    rig.letDepart = () => { throw unavailable('orders'); };
    await tell(parcel, 'picked', 1);
    await takeUp();
    expect((await read(parcel.market, parcel.sent.id)).status).toBe('BOOKED');
    rig.letDepart = departed;
    rig.clock.advance(60_000);
    await takeUp();
    expect([(await read(parcel.market, parcel.sent.id)).status, await names(parcel.market)]).toEqual(['PICKED_UP', ['parcel-shipped']]);
  });

  it('that money was taken count only once Pathao says so when it is asked', async () => {
    const parcel = await taken();
    await tell(parcel, 'delivered', 1, { collected_amount: 999_999 });
    for (let tries = 0; tries < 12; tries += 1) {
      await takeUp();
      rig.clock.advance(3_600_000);
    }
    const { status, events } = await read(parcel.market, parcel.sent.id);
    expect([status, events.at(-1)?.kind, await names(parcel.market)]).toEqual(['BOOKED', 'not-confirmed', []]);
  });

  it('that it came back bring it back, and money that the courier was refused is nobody\'s', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    for (const [event, at] of [['picked', 1], ['delivery-failed', 2], ['returned', 3]] as const) await tell(parcel, event, at, { reason: 'Refused at the door.' });
    await takeUp();
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-failed', 'parcel-returned']);
  });

  it('of a partial delivery wait for whoever knows which pieces', async () => {
    const parcel = await taken();
    await longAgo(parcel.parcelId);
    pathao.statuses.set(parcel.consignment, 'Partial_Delivery');
    await tell(parcel, 'partial-delivery', 5, { collected_amount: 267 });
    await tell(parcel, 'returned', 6);
    await takeUp();
    expect((await read(parcel.market, parcel.sent.id)).status).toBe('PARTIALLY_DELIVERED');
    await rig.mutate(parcel.market.merchant, 'recordTracking', { shipmentId: parcel.sent.id, status: 'PARTIALLY_DELIVERED', lines: [{ orderLineId: parcel.part.state.lines[0]?.orderLineId, quantity: 1 }] });
    await rig.mutate(parcel.market.merchant, 'recordTracking', { shipmentId: parcel.sent.id, status: 'RETURNED' });
    expect((await rig.said(parcel.market)).map(([name, { lines, amountMinor }]) => [name, amountMinor ?? (lines as { quantity: number }[])[0]?.quantity])).toEqual([
      ['parcel-shipped', 2], ['parcel-failed', 2], ['cod-collected', 26_700], ['parcel-delivered', 1], ['parcel-returned', 1],
    ]);
  });

  it('without the secret, with another marketplace\'s, or of nobody\'s consignment change nothing', async () => {
    const parcel = await taken();
    const other = rig.market();
    await rig.mutate(other.operator, 'connectCarrier', { ...account, callbackSecret: 'another callback secret' });
    const said = { event: 'order.picked', consignment_id: parcel.consignment, timestamp: minute(1) };
    expect((await callBack(parcel.market, said, null))[0]).toBe(401);
    expect((await callBack(parcel.market, said, ''))[0]).toBe(401);
    expect((await callBack(parcel.market, said, 'another callback secret'))[0]).toBe(401);
    expect((await callBack(other, said, 'another callback secret'))[0]).toBe(202);
    expect((await callBack(parcel.market, { event: 7 }))[0]).toBe(400);
    expect((await callBack(parcel.market, { event: 'webhook_integration' }))[0]).toBe(202);
    expect((await callBack(parcel.market, { ...said, consignment_id: 'DT-nobody' }))[0]).toBe(202);
    await takeUp();
    expect((await read(parcel.market, parcel.sent.id)).status).toBe('BOOKED');
  });
});
