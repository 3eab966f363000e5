import { newId } from '@haat/kit/id';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShippingRig, type Market, type Outcome, type Part } from '../testing/shipping-rig.js';

let rig: ShippingRig;
beforeAll(async () => { rig = await ShippingRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

interface Sent extends Outcome {
  readonly id: string;
  readonly status: string;
  readonly parcels: readonly { readonly id: string; readonly status: string; readonly trackingId: string | null; readonly amountToCollect: { readonly minor: number }; readonly lines: readonly { readonly quantity: number }[] }[];
  readonly label: { readonly url: string } | null;
}

const ship = (asker: TestAsker, part: Part, input: Record<string, unknown> = {}) => rig.ship(asker, part, input) as Promise<Sent>;
const track = (asker: TestAsker, shipmentId: string, status: string, more: Record<string, unknown> = {}) => rig.mutate(asker, 'recordTracking', { shipmentId, status, ...more }) as Promise<Sent>;
const pieces = ({ state: { lines } }: Part, ...quantities: number[]) => quantities.map((quantity, at) => ({ orderLineId: lines[at]?.orderLineId, quantity }));
const names = async (market: Market) => (await rig.said(market)).map(([name]) => name);

describe('sending a part', () => {
  it('goes by lines, never more than is left, until nothing is', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 5, totalMinor: 5_000 }, { quantity: 2, totalMinor: 2_000 }]);
    const first = await ship(market.merchant, part, { lines: pieces(part, 3) });
    expect(first).toMatchObject({ __typename: 'Shipment', carrier: 'own', status: 'BOOKED', trackingId: 'ACME-1001-1-1', lines: [{ quantity: 3 }] });
    expect(await ship(market.merchant, part, { lines: pieces(part, 3) })).toMatchObject({ __typename: 'NothingToShip', reason: 'TOO_MANY_PIECES', left: [{ quantity: 2 }, { quantity: 2 }] });
    expect(await ship(market.merchant, part, { lines: [{ orderLineId: newId('oline'), quantity: 1 }] })).toMatchObject({ reason: 'TOO_MANY_PIECES' });
    expect(await ship(market.operator, part)).toMatchObject({ trackingId: 'ACME-1001-1-2', lines: [{ quantity: 2 }, { quantity: 2 }] });
    expect(await ship(market.merchant, part)).toMatchObject({ __typename: 'NothingToShip', reason: 'NOTHING_LEFT', left: [] });
  });

  it('is answered once for a key, and refused for another wish under it', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 2, totalMinor: 2_000 }]);
    const idempotencyKey = newId('req');
    const [one, two] = await Promise.all([ship(market.merchant, part, { idempotencyKey, lines: pieces(part, 1) }), ship(market.merchant, part, { idempotencyKey, lines: pieces(part, 1) })].map((asked) => asked.catch((error: Error) => ({ id: error.message }))));
    const again = await ship(market.merchant, part, { idempotencyKey, lines: pieces(part, 1) });
    expect([one?.id, two?.id].filter((id) => !String(id).startsWith('CONFLICT')).every((id) => id === again.id)).toBe(true);
    await expect(ship(market.merchant, part, { idempotencyKey, lines: pieces(part, 2) })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
    expect(await rig.subgraph.query('select id from shipping.shipment where vendor_order_id = $1', [part.state.vendorOrderId])).toHaveLength(1);
  });

  it('by twenty at once never sends a piece twice', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 7, totalMinor: 7_000 }]);
    const sent = await Promise.all(Array.from({ length: 20 }, () => ship(market.merchant, part, { lines: pieces(part, 1) })));
    expect(sent.filter(({ __typename }) => __typename === 'Shipment')).toHaveLength(7);
  });

  it('waits until it is accepted and not held back, and is over when the order is', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }], { status: 'CONFIRMED' });
    const reason = async () => (await ship(market.merchant, part))['reason'];
    expect(await reason()).toBe('NOT_ACCEPTED');
    await rig.changed(market, part, { status: 'ON_HOLD' });
    expect(await reason()).toBe('ON_HOLD');
    await rig.changed(market, part, { status: 'CANCELLED' });
    expect(await reason()).toBe('ORDER_OVER');
    await rig.changed(market, part, { status: 'PROCESSING' });
    expect((await ship(market.merchant, part)).__typename).toBe('Shipment');
  });

  it('right after it was accepted is sent, though that is heard of a moment later', async () => {
    const market = rig.market();
    const [part, held] = [await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }], { status: 'CONFIRMED' }), await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }], { status: 'ON_HOLD' })];
    const sent = ship(market.merchant, part);
    // Whatever answers at once has answered by then.
    for (const _ of [1, 2, 3]) expect(await ship(market.merchant, held)).toMatchObject({ reason: 'ON_HOLD' });
    await rig.changed(market, part, { status: 'PROCESSING' });
    expect(await sent).toMatchObject({ __typename: 'Shipment', lines: [{ quantity: 1 }] });
  });

  it('packs several boxes, each with its own, and all that the courier collects adds up', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 3, totalMinor: 1_000 }, { quantity: 1, totalMinor: 501 }], { amountToCollectMinor: 2_101, paymentChoice: 'CASH_ON_DELIVERY' });
    const [a, b] = pieces(part, 2, 1);
    const sent = await ship(market.merchant, part, { parcels: [{ lines: [a], weightGrams: 900 }, { lines: [b] }] });
    const rest = await ship(market.merchant, part);
    const amounts = [...sent.parcels, ...rest.parcels].map(({ amountToCollect }) => amountToCollect.minor);
    expect(amounts).toHaveLength(3);
    expect(amounts.reduce((sum, minor) => sum + minor, 0)).toBe(2_101);
    await expect(ship(market.merchant, part, { parcels: [{}, {}] })).resolves.toMatchObject({ __typename: 'NothingToShip' });
    const other = await rig.part(market, [{ quantity: 3, totalMinor: 1_000 }]);
    await expect(ship(market.merchant, other, { parcels: [{}, {}] })).rejects.toThrow('several boxes');
    await expect(ship(market.merchant, other, { lines: pieces(other, 3), parcels: [{ lines: pieces(other, 1) }, { lines: pieces(other, 1) }] })).rejects.toThrow('just what lines names');
    await expect(ship(market.merchant, other, { lines: pieces(other, 3), parcels: [{ lines: pieces(other, 2) }] })).rejects.toThrow('just what lines names');
    expect((await ship(market.merchant, other, { lines: pieces(other, 2), parcels: [{ lines: pieces(other, 2) }] })).parcels[0]?.lines).toMatchObject([{ quantity: 2 }]);
  });

  it.each([0, -1, 1.5, 1e9])('refuses %d pieces', async (quantity) => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    await expect(ship(market.merchant, part, { lines: [{ orderLineId: part.state.lines[0]?.orderLineId, quantity }] })).rejects.toThrow();
    expect(await rig.subgraph.query('select id from shipping.shipment where vendor_order_id = $1', [part.state.vendorOrderId])).toHaveLength(0);
  });
});

describe('the vendor\'s own delivery', () => {
  it('is told step by step; stock leaves, and cash is taken, once [SHP-06]', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 2, totalMinor: 2_000 }], { amountToCollectMinor: 2_600, paymentChoice: 'CASH_ON_DELIVERY' });
    const { id } = await ship(market.merchant, part);
    await rig.subgraph.runJob('make-labels');
    expect(await track(market.merchant, id, 'OUT_FOR_DELIVERY', { note: 'By van.' })).toMatchObject({ status: 'OUT_FOR_DELIVERY' });
    expect(await track(market.merchant, id, 'DELIVERY_FAILED', { note: 'Nobody was there.' })).toMatchObject({ status: 'DELIVERY_FAILED' });
    expect(await track(market.merchant, id, 'DELIVERED')).toMatchObject({ status: 'DELIVERED' });
    expect(await track(market.merchant, id, 'DELIVERED')).toMatchObject({ __typename: 'WrongShipmentStatus', at: 'DELIVERED' });
    expect(await track(market.merchant, id, 'PICKED_UP')).toMatchObject({ __typename: 'WrongShipmentStatus' });
    expect(await names(market)).toEqual(['parcel-labelled', 'parcel-shipped', 'parcel-failed', 'parcel-delivered', 'cod-collected']);
    const said = await rig.said(market);
    expect(said[1]?.[1]).toMatchObject({ vendorOrderId: part.state.vendorOrderId, trackingId: 'ACME-1001-1-1', lines: [{ orderLineId: part.state.lines[0]?.orderLineId, cartLineId: part.state.lines[0]?.cartLineId, quantity: 2 }] });
    expect([said[2]?.[1], said[4]?.[1]]).toMatchObject([{ reason: 'Nobody was there.' }, { amountMinor: 2_600, currency: 'BDT', carrier: 'own' }]);
  });

  it('refused at the door comes back, and is not sent again', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 2, totalMinor: 2_000 }]);
    const { id } = await ship(market.merchant, part, { lines: pieces(part, 1) });
    await track(market.merchant, id, 'PICKED_UP');
    await track(market.merchant, id, 'RETURNED', { note: 'Not wanted.' });
    expect((await rig.said(market)).at(-1)).toMatchObject(['parcel-returned', { reason: 'Not wanted.', lines: [{ quantity: 1 }] }]);
    expect(await ship(market.merchant, part, { lines: pieces(part, 2) })).toMatchObject({ reason: 'TOO_MANY_PIECES', left: [{ quantity: 1 }] });
    await rig.cancelled(market, part, [1], { shipped: true, amountMinor: 1_000 });
    expect((await ship(market.merchant, part)).parcels[0]?.lines).toMatchObject([{ quantity: 1 }]);
  });

  it('that broke on its way comes back as what broke, and nothing else does', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 2, totalMinor: 2_000 }]);
    for (const steps of [['PICKED_UP', 'DAMAGED', 'RETURNING', 'RETURNED'], ['PICKED_UP', 'RETURNED']]) {
      const { id } = await ship(market.merchant, part, { lines: pieces(part, 1) });
      for (const step of steps) await track(market.merchant, id, step);
    }
    expect((await rig.said(market)).filter(([name]) => name === 'parcel-returned').map(([, { damaged }]) => damaged)).toEqual([true, undefined]);
  });

  it('that nobody says why of is told of in a sentence, which its buyer reads with the money that goes back', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 2, totalMinor: 2_000 }]);
    for (const steps of [['PICKED_UP', 'DELIVERY_FAILED', 'RETURNED'], ['PICKED_UP', 'LOST']]) {
      const { id } = await ship(market.merchant, part, { lines: pieces(part, 1) });
      for (const step of steps) await track(market.merchant, id, step);
    }
    const reasons = (await rig.said(market)).flatMap(([name, { reason }]) => (reason === undefined ? [] : [[name, reason]]));
    expect(reasons).toEqual([['parcel-failed', 'It could not be handed over.'], ['parcel-returned', 'It came back.'], ['parcel-failed', 'It was lost on its way.']]);
  });

  it('handed over in part says which pieces, and the rest comes back', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 3, totalMinor: 3_000 }]);
    const { id } = await ship(market.merchant, part);
    await track(market.merchant, id, 'OUT_FOR_DELIVERY');
    await expect(track(market.merchant, id, 'PARTIALLY_DELIVERED')).rejects.toThrow('handed over');
    await expect(track(market.merchant, id, 'PARTIALLY_DELIVERED', { lines: pieces(part, 3) })).rejects.toThrow('not all of them');
    await track(market.merchant, id, 'PARTIALLY_DELIVERED', { lines: pieces(part, 2) });
    await track(market.merchant, id, 'RETURNED');
    expect((await rig.said(market)).slice(-2)).toMatchObject([['parcel-delivered', { lines: [{ quantity: 2 }] }], ['parcel-returned', { lines: [{ quantity: 1 }] }]]);
  });

  it('handed over in part takes cash for what was handed over, to the unit [SHP-06]', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 3, totalMinor: 1_000 }, { quantity: 1, totalMinor: 500 }], { amountToCollectMinor: 1_560, paymentChoice: 'CASH_ON_DELIVERY' });
    const { id } = await ship(market.merchant, part);
    await track(market.merchant, id, 'PARTIALLY_DELIVERED', { lines: pieces(part, 2) });
    await track(market.merchant, id, 'RETURNED');
    expect(await names(market)).toEqual(['parcel-shipped', 'parcel-delivered', 'cod-collected', 'parcel-returned']);
    expect((await rig.said(market))[2]?.[1]).toMatchObject({ amountMinor: 727, currency: 'BDT', carrier: 'own' });
  });

  it('is called off while it is here, and its pieces can go anew; not once it left', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }], { amountToCollectMinor: 1_000 });
    const { id } = await ship(market.merchant, part);
    expect(await rig.mutate(market.merchant, 'cancelShipment', { shipmentId: id, reason: 'The wrong box.' })).toMatchObject({ __typename: 'Shipment', status: 'CANCELLED' });
    const again = await ship(market.merchant, part);
    expect(again.parcels[0]?.amountToCollect.minor).toBe(1_000);
    await track(market.merchant, again.id, 'PICKED_UP');
    expect(await rig.mutate(market.merchant, 'cancelShipment', { shipmentId: again.id })).toMatchObject({ __typename: 'WrongShipmentStatus', at: 'PICKED_UP' });
  });

  it('follows a cancellation: what holds a cancelled piece and is still here is dropped', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 3, totalMinor: 3_000 }]);
    const gone = await ship(market.merchant, part, { lines: pieces(part, 1) });
    await track(market.merchant, gone.id, 'PICKED_UP');
    const here = await ship(market.merchant, part, { lines: pieces(part, 2) });
    await rig.cancelled(market, part, [1], { amountMinor: 1_000 });
    const { shipment } = await rig.read<{ shipment: { status: string; events: { kind: string; note: string | null }[] } }>(market.merchant, 'query($id: ID!) { shipment(id: $id) { status events { kind note } } }', { id: here.id });
    expect([shipment.status, shipment.events.at(-1)]).toEqual(['CANCELLED', { kind: 'cancelled', note: 'Changed my mind.' }]);
    expect((await ship(market.merchant, part)).parcels[0]?.lines).toMatchObject([{ quantity: 1 }]);
  });
});

describe('a label', () => {
  it('is made by a worker and fetched by its link, for senders, until the order is over [SHP-07]', async () => {
    const market = rig.market();
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }]);
    const sent = await ship(market.merchant, part);
    expect(sent.label).toBeNull();
    await rig.subgraph.runJob('make-labels');
    const read = (asker: TestAsker) => rig.read<{ shipment: { status: string; label: { url: string } | null } }>(asker, 'query($id: ID!) { shipment(id: $id) { status label { url expiresAt madeAt } } }', { id: sent.id });
    const { shipment: { status, label } } = await read(market.merchant);
    expect(status).toBe('LABELLED');
    expect((await read(market.shopper)).shipment).toEqual({ status: 'LABELLED', label: null });
    const url = label?.url ?? '';
    const fetched = () => rig.subgraph.send({ tenant: market.tenant }, { method: 'GET', url });
    const pdf = await fetched();
    expect([pdf.status, pdf.headers['content-type'], Buffer.from(pdf.body as Uint8Array).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    await rig.changed(market, part, { status: 'COMPLETED' });
    expect((await fetched()).status).toBe(404);
    expect(await rig.subgraph.query('select sealed_address from shipping.vendor_order_fact where id = $1', [part.state.vendorOrderId])).toEqual([{ sealed_address: null }]);
  });
});

describe('who sees parcels', () => {
  it('is the vendor, the buyer by account, cart or link, and operators', async () => {
    const market = rig.market();
    const guestKey = 'k'.repeat(43);
    const part = await rig.part(market, [{ quantity: 1, totalMinor: 1_000 }], { buyer: { userId: null, guestKey } });
    const { id } = await ship(market.merchant, part);
    await rig.subgraph.runJob('make-labels');
    const guest = { kind: 'GUEST', roles: [], grants: [], vendors: [] } as const;
    const see = async (asker: TestAsker) => {
      const { shipment, _entities: [order] } = await rig.read<{ shipment: { id: string } | null; _entities: ({ shipments: unknown[] } | null)[] }>(asker,
        'query($id: ID!, $r: [_Any!]!) { shipment(id: $id) { id } _entities(representations: $r) { ... on VendorOrder { shipments { id events { kind note } } } } }', { id, r: [{ __typename: 'VendorOrder', id: part.state.vendorOrderId }] });
      return [shipment !== null, order?.shipments.length ?? 0];
    };
    const may = [market.merchant, market.operator, { tenant: market.tenant, viewer: { ...guest, guestKey } }, { tenant: market.tenant, viewer: { ...guest, orderId: part.state.orderId } }];
    for (const asker of may) expect(await see(asker as TestAsker)).toEqual([true, 1]);
    const mayNot = [market.guest, market.shopper, market.stranger, rig.market().operator, { tenant: market.tenant, viewer: { ...guest, guestKey: 'other' } }];
    for (const asker of mayNot) expect(await see(asker as TestAsker)).toEqual([false, 0]);
    await expect(ship(market.stranger, part)).rejects.toThrow('NOT_FOUND');
    await expect(ship(market.shopper, part)).rejects.toThrow('FORBIDDEN');
    await expect(track(market.stranger, id, 'DELIVERED')).rejects.toThrow('NOT_FOUND');
    await expect(rig.mutate(market.stranger, 'cancelShipment', { shipmentId: id })).rejects.toThrow('NOT_FOUND');
  });
});
