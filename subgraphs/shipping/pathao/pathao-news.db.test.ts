import { unavailable } from '@haat/kit/refusal';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { account, integrationSecret, PathaoRig, minute, type Taken } from '../testing/pathao-rig.js';
import type { PathaoStandIn } from '../testing/pathao-stand-in.js';
import { departed, type Market, type ShippingRig } from '../testing/shipping-rig.js';

let shop: PathaoRig;
let rig: ShippingRig;
let pathao: PathaoStandIn;
beforeAll(async () => {
  shop = await PathaoRig.start();
  ({ rig, pathao } = shop);
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => shop.reset());

const names = async (market: Market) => (await rig.said(market)).map(([name]) => name);

describe('Pathao\'s news', () => {
  it('lead a parcel to its door, and its cash to the books, once each however often they come [SHP-06]', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    const steps = ['pickup-requested', 'assigned-for-pickup', 'picked', 'at-the-sorting-hub', 'in-transit', 'received-at-last-mile-hub', 'assigned-for-delivery'];
    for (const [at, step] of steps.entries()) expect(await shop.tell(parcel, step, at)).toEqual([202, integrationSecret]);
    await shop.takeUp();
    expect((await shop.read(parcel.market, parcel.sent.id)).status).toBe('OUT_FOR_DELIVERY');
    pathao.statuses.set(parcel.consignment, 'Delivered');
    for (let times = 0; times < 3; times += 1) {
      await shop.tell(parcel, 'delivered', 20, { collected_amount: 534, delivery_fee: 85 });
      await shop.takeUp();
    }
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected']);
    expect((await rig.said(parcel.market)).at(-1)?.[1]).toMatchObject({ amountMinor: 53_421, feeMinor: 8_500, carrier: 'pathao', currency: 'BDT' });
  });

  it('in any order come to the same end', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    pathao.statuses.set(parcel.consignment, 'Delivered');
    for (const [event, at] of [['delivered', 9], ['in-transit', 4], ['picked', 3], ['assigned-for-delivery', 8], ['delivery-failed', 6]] as const) {
      await shop.tell(parcel, event, at, event === 'delivered' ? { collected_amount: 534 } : {});
      await shop.takeUp();
    }
    expect((await shop.read(parcel.market, parcel.sent.id)).status).toBe('DELIVERED');
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected']);
  });

  it('of a failure that come after those of the next try do not put it back', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    for (const [event, at] of [['picked', 1], ['assigned-for-delivery', 8], ['delivery-failed', 6]] as const) {
      await shop.tell(parcel, event, at);
      await shop.takeUp();
    }
    expect((await shop.read(parcel.market, parcel.sent.id)).status).toBe('OUT_FOR_DELIVERY');
  });

  it('that were lost are asked for after a while, once it is long enough', async () => {
    const parcel = await shop.taken();
    pathao.statuses.set(parcel.consignment, 'Delivered');
    rig.clock.advance(11 * 3_600_000);
    await rig.subgraph.runJob('ask-carriers');
    expect(await names(parcel.market)).toEqual([]);
    rig.clock.advance(2 * 3_600_000);
    for (let times = 0; times < 2; times += 1) await rig.subgraph.runJob('ask-carriers');
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected']);
    await shop.tell(parcel, 'delivered', 20, { collected_amount: 534 });
    await shop.takeUp();
    expect(await names(parcel.market)).toHaveLength(3);
  });

  it('of what was cancelled meanwhile move nothing, and say to get it back; those asked for as well', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    rig.letDepart = () => 'CANCELLED';
    await shop.tell(parcel, 'picked', 1);
    await shop.takeUp();
    pathao.statuses.set(parcel.consignment, 'In_Transit');
    rig.clock.advance(13 * 3_600_000);
    await rig.subgraph.runJob('ask-carriers');
    const { status, events } = await shop.read(parcel.market, parcel.sent.id);
    const getBack = 'The order was cancelled before this was heard. Get the parcel back from the carrier.';
    expect([status, events.filter(({ note }) => note === getBack)]).toEqual(['BOOKED', [{ kind: 'order.picked', status: null, note: getBack }, { kind: 'asked', status: null, note: getBack }]]);
    expect(await names(parcel.market)).toEqual([]);
  });

  it('of what is held back move nothing before it is released, and say to get it back', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    rig.letDepart = () => 'HELD';
    await shop.tell(parcel, 'picked', 1);
    await shop.takeUp();
    const { status, events } = await shop.read(parcel.market, parcel.sent.id);
    expect([status, events.find(({ kind }) => kind === 'order.picked')?.note, await names(parcel.market)]).toEqual(['BOOKED', 'The order was held back before this was heard. Get the parcel back from the carrier.', []]);
    rig.letDepart = departed;
    await shop.tell(parcel, 'in-transit', 2);
    await shop.takeUp();
    expect([(await shop.read(parcel.market, parcel.sent.id)).status, await names(parcel.market)]).toEqual(['IN_TRANSIT', ['parcel-shipped']]);
  });

  it('wait where orders cannot be asked whether it may leave', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    rig.letDepart = () => { throw unavailable('orders'); };
    await shop.tell(parcel, 'picked', 1);
    await shop.takeUp();
    expect((await shop.read(parcel.market, parcel.sent.id)).status).toBe('BOOKED');
    rig.letDepart = departed;
    rig.clock.advance(60_000);
    await shop.takeUp();
    expect([(await shop.read(parcel.market, parcel.sent.id)).status, await names(parcel.market)]).toEqual(['PICKED_UP', ['parcel-shipped']]);
  });

  it('that money was taken count only once Pathao says so when it is asked', async () => {
    const parcel = await shop.taken();
    await shop.tell(parcel, 'delivered', 1, { collected_amount: 999_999 });
    for (let tries = 0; tries < 12; tries += 1) {
      await shop.takeUp();
      rig.clock.advance(3_600_000);
    }
    const { status, events } = await shop.read(parcel.market, parcel.sent.id);
    expect([status, events.at(-1)?.kind, await names(parcel.market)]).toEqual(['BOOKED', 'not-confirmed', []]);
  });

  it('that it came back count only once Pathao says just that, since the buyer is paid back by them', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    await shop.tell(parcel, 'picked', 1);
    for (const [at, [event, status]] of ([['returned', 'In_Transit'], ['returned', 'Delivered'], ['paid-return', 'Delivered']] as const).entries()) {
      pathao.statuses.set(parcel.consignment, status);
      await shop.tell(parcel, event, 2 + at);
      await shop.takeUp();
    }
    expect([(await shop.read(parcel.market, parcel.sent.id)).status, await names(parcel.market)]).toEqual(['PICKED_UP', ['parcel-shipped']]);
    pathao.statuses.set(parcel.consignment, 'Returned');
    rig.clock.advance(60_000);
    await shop.takeUp();
    expect((await names(parcel.market)).at(-1)).toBe('parcel-returned');
  });

  it('of money are not confirmed by what Pathao says of something else', async () => {
    const market = await shop.connected();
    pathao.manner = 'take-silently';
    const { id, parcels } = await shop.ship(market, await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]));
    const [own = ''] = parcels.map((parcel) => parcel.id);
    pathao.manner = 'take';
    const elsewhere = pathao.consignmentOf('an order made in the panel');
    pathao.orders.push({ merchant_order_id: 'an order made in the panel', amount_to_collect: 0 });
    pathao.statuses.set(elsewhere, 'Delivered');
    await shop.tell({ market, consignment: elsewhere }, 'delivered', 1, { merchant_order_id: own });
    await shop.takeUp();
    expect([(await shop.read(market, id)).status, await names(market)]).toEqual(['DRAFT', []]);
  });

  it('that it came back bring it back, and money that the courier was refused is nobody\'s', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    pathao.statuses.set(parcel.consignment, 'Return');
    for (const [event, at] of [['picked', 1], ['delivery-failed', 2], ['returned', 3]] as const) await shop.tell(parcel, event, at, { reason: 'Refused at the door.' });
    await shop.takeUp();
    expect(await names(parcel.market)).toEqual(['parcel-shipped', 'parcel-failed', 'parcel-returned']);
  });

  it('of a partial delivery wait for whoever knows which pieces', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    pathao.statuses.set(parcel.consignment, 'Partial_Delivery');
    await shop.tell(parcel, 'partial-delivery', 5, { collected_amount: 267 });
    await shop.tell(parcel, 'returned', 6);
    await shop.takeUp();
    expect((await shop.read(parcel.market, parcel.sent.id)).status).toBe('PARTIALLY_DELIVERED');
    await rig.mutate(parcel.market.merchant, 'recordTracking', { shipmentId: parcel.sent.id, status: 'PARTIALLY_DELIVERED', lines: [{ orderLineId: parcel.part.state.lines[0]?.orderLineId, quantity: 1 }] });
    await rig.mutate(parcel.market.merchant, 'recordTracking', { shipmentId: parcel.sent.id, status: 'RETURNED' });
    expect((await rig.said(parcel.market)).map(([name, { lines, amountMinor }]) => [name, amountMinor ?? (lines as { quantity: number }[])[0]?.quantity])).toEqual([
      ['parcel-shipped', 2], ['parcel-failed', 2], ['cod-collected', 26_700], ['parcel-delivered', 1], ['parcel-returned', 1],
    ]);
  });

  it('of cash are taken up though somebody recorded before them where the parcel is, once [SHP-06]', async () => {
    const [kept, gone, back] = [await shop.taken(), await shop.taken(), await shop.taken()];
    const record = (parcel: Taken, status: string, more: Record<string, unknown> = {}) => rig.mutate(parcel.market.merchant, 'recordTracking', { shipmentId: parcel.sent.id, status, ...more });
    const tellTwice = async (parcel: Taken, event: string, status: string) => {
      pathao.statuses.set(parcel.consignment, status);
      for (const at of [20, 21]) await shop.tell(parcel, event, at, { collected_amount: 267 });
      await shop.takeUp();
    };
    for (const parcel of [kept, gone]) await record(parcel, 'PARTIALLY_DELIVERED', { lines: [{ orderLineId: parcel.part.state.lines[0]?.orderLineId, quantity: 1 }] });
    await record(gone, 'RETURNED');
    await shop.longAgo(back.parcelId);
    await shop.tell(back, 'picked', 1);
    await shop.takeUp();
    await record(back, 'RETURNED');
    for (const parcel of [kept, gone]) await tellTwice(parcel, 'partial-delivery', 'Partial_Delivery');
    await tellTwice(back, 'paid-return', 'Paid_Return');
    for (const { market } of [kept, gone, back]) expect((await rig.said(market)).flatMap(([name, { amountMinor }]) => (name === 'cod-collected' ? [amountMinor] : []))).toEqual([26_700]);
  });

  it('without the secret, with another marketplace\'s, or of nobody\'s consignment change nothing', async () => {
    const parcel = await shop.taken();
    const other = rig.market();
    await rig.mutate(other.operator, 'connectCarrier', { ...account, callbackSecret: 'another callback secret' });
    const said = { event: 'order.picked', consignment_id: parcel.consignment, timestamp: minute(1) };
    expect((await shop.callBack(parcel.market, said, null))[0]).toBe(401);
    expect((await shop.callBack(parcel.market, said, ''))[0]).toBe(401);
    expect((await shop.callBack(parcel.market, said, 'another callback secret'))[0]).toBe(401);
    expect((await shop.callBack(other, said, 'another callback secret'))[0]).toBe(202);
    expect((await shop.callBack(parcel.market, { event: 7 }))[0]).toBe(400);
    expect((await shop.callBack(parcel.market, { event: 'webhook_integration' }))[0]).toBe(202);
    expect((await shop.callBack(parcel.market, { ...said, consignment_id: 'DT-nobody' }))[0]).toBe(202);
    await shop.takeUp();
    expect((await shop.read(parcel.market, parcel.sent.id)).status).toBe('BOOKED');
  });

  // Last, since it moves the clock of all by a day.
  it('are not forgotten while nobody can be asked, however long, and asked for more than once when it is over', async () => {
    const parcel = await shop.taken();
    await shop.longAgo(parcel.parcelId);
    pathao.manner = 'busy';
    await shop.tell(parcel, 'delivered', 1, { collected_amount: 534 });
    const hourLater = async (): Promise<string> => {
      await shop.takeUp();
      rig.clock.advance(3_600_000);
      return (await shop.read(parcel.market, parcel.sent.id)).status;
    };
    for (let hours = 0; hours < 24; hours += 1) expect(await hourLater()).toBe('BOOKED');
    pathao.manner = 'take';
    expect(await hourLater()).toBe('BOOKED');
    pathao.statuses.set(parcel.consignment, 'Delivered');
    await eventually(async () => (await hourLater()) === 'DELIVERED');
  });
});
