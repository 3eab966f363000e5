import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inventoryReserve } from '@haat/schema/asks/inventory';
import { reservationExpired } from '@haat/schema/events/inventory';
import { newId } from '@haat/kit/id';
import { guest } from '@haat/kit/identity';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { depart, parcel, payment, type PlacedOrder } from '../testing/neighbour-events.js';
import { deliveryMinor, OrdersRig, pieceMinor } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

interface Standing { readonly status: string; readonly vendorOrders: readonly { readonly status: string }[]; readonly history: readonly { readonly kind: string }[] }
type Buyer = ReturnType<OrdersRig['buyer']>;

async function placed(changes: Record<string, unknown> = {}): Promise<{ buyer: Buyer; order: PlacedOrder; merchant: TestAsker; operator: TestAsker }> {
  const buyer = rig.buyer();
  const { id } = await rig.place(buyer, changes);
  const tenantId = buyer.asker.tenant.id;
  const parts = await rig.subgraph.query<{ id: string; vendor_id: string }>('select id, vendor_id from orders.vendor_order where order_id = $1 order by position', [id]);
  const lines = await rig.subgraph.query<{ id: string; vendor_order_id: string; quantity: number }>('select id, vendor_order_id, quantity from orders.order_line where order_id = $1 order by position', [id]);
  const order: PlacedOrder = { id: String(id), tenantId, totalMinor: buyer.totalMinor, parts: parts.map((part) => ({ id: part.id, vendorId: part.vendor_id, lines: lines.filter((line) => line.vendor_order_id === part.id) })) };
  const vendors = [{ id: order.parts[0]?.vendorId ?? '', grants: ['orders.manage'] }];
  const merchant = { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors } as never) };
  return { buyer, order, merchant, operator: { tenant: buyer.asker.tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) } };
}

async function standing(asker: TestAsker, { id }: PlacedOrder): Promise<[string, string[]]> {
  const { order } = await rig.read<{ order: Standing }>(asker, 'query($id: ID!) { order(id: $id) { status vendorOrders { status } history { kind } } }', { id });
  return [order.status, order.vendorOrders.map(({ status }) => status)];
}

async function change(asker: TestAsker, field: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const select = field === 'cancelOrder' ? '... on Order { status } ... on OrderNotCancellable { message vendorOrderNumbers }' : '... on VendorOrder { status } ... on WrongVendorOrderStatus { message status: status }';
  return (await rig.read<Record<string, Record<string, unknown>>>(asker, `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${select} } }`, { input }))[field] ?? {};
}

const said = async ({ tenantId }: PlacedOrder, type: string) => (await rig.subgraph.events(tenantId)).filter((event) => event.type === `orders.${type}`);

describe('an order after it was placed', () => {
  it('is confirmed by its payment, once, whether it is promised or taken, and however often it is said [ORD-03, ORD-08]', async () => {
    const { buyer, order } = await placed();
    await payment(rig, order, 'opened');
    expect(await standing(buyer.asker, order)).toEqual(['PENDING_PAYMENT', ['PENDING_PAYMENT', 'PENDING_PAYMENT']]);
    await payment(rig, order, 'authorized');
    await payment(rig, order, 'captured');
    expect(await standing(buyer.asker, order)).toEqual(['CONFIRMED', ['CONFIRMED', 'CONFIRMED']]);
    const confirmed = await said(order, 'order-confirmed');
    expect(confirmed).toHaveLength(1);
    expect(confirmed[0]?.payload).toMatchObject({ lines: [{ quantity: 1 }, { quantity: 2 }] });
  });

  it('is not confirmed by a part of its price, nor by another currency', async () => {
    const { buyer, order } = await placed();
    await payment(rig, order, 'captured', { capturedMinor: order.totalMinor - 1 });
    await payment(rig, order, 'captured', { currency: 'USD' });
    expect((await standing(buyer.asker, order))[0]).toBe('PENDING_PAYMENT');
  });

  it('paid at the door is confirmed as soon as payments took it up', async () => {
    const { buyer, order } = await placed({ payWith: 'CASH_ON_DELIVERY' });
    await payment(rig, order, 'opened', { status: 'PENDING_COLLECTION', provider: 'CASH_ON_DELIVERY' });
    expect((await standing(buyer.asker, order))[0]).toBe('CONFIRMED');
  });

  it('unpaid in time expires, and its cart may be ordered anew; the old key goes on naming the old order', async () => {
    const { buyer, order } = await placed();
    await payment(rig, order, 'expired');
    expect(await standing(buyer.asker, order)).toEqual(['EXPIRED', ['EXPIRED', 'EXPIRED']]);
    expect(await said(order, 'order-expired')).toHaveLength(1);
    expect((await rig.place(buyer))['id']).toBe(order.id);
    rig.held.carts.clear();
    const again = await rig.place(buyer, { idempotencyKey: 'anew' });
    expect(again).toMatchObject({ __typename: 'Order', status: 'PENDING_PAYMENT' });
    expect(again['id']).not.toBe(order.id);
  });

  it('paid late takes its stock and coupons again and goes on; where they are gone, the money goes back by itself [ORD-09]', async () => {
    const first = await placed();
    await payment(rig, first.order, 'expired');
    await payment(rig, first.order, 'captured');
    expect((await standing(first.buyer.asker, first.order))[0]).toBe('EXPIRED');
    await rig.subgraph.runJob('revive-orders');
    expect((await standing(first.buyer.asker, first.order))[0]).toBe('CONFIRMED');
    expect(rig.asked.findLast(({ ask }) => ask === inventoryReserve.key)?.input).toMatchObject({ orderId: first.order.id, again: true });

    const second = await placed();
    await payment(rig, second.order, 'expired');
    await payment(rig, second.order, 'captured');
    rig.answer(inventoryReserve, ({ lines }) => ({ outcome: 'SHORT' as const, lines: lines.map(({ lineId, offerId, quantity }) => ({ lineId, offerId, requested: quantity, available: 0 })) }));
    await rig.subgraph.runJob('revive-orders');
    await rig.subgraph.runJob('revive-orders');
    expect((await standing(second.buyer.asker, second.order))[0]).toBe('EXPIRED');
    const due = await said(second.order, 'order-refund-due');
    expect(due.map(({ payload }) => payload)).toEqual([expect.objectContaining({ amountMinor: second.order.totalMinor, why: 'PAID_AFTER_EXPIRY' })]);
  });

  it('whose hold was lost before the news of its payment takes it anew, or is cancelled and paid back', async () => {
    const { buyer, order } = await placed();
    await payment(rig, order, 'captured');
    await rig.subgraph.hear(reservationExpired, order.tenantId, { aggregate: { id: newId('res'), version: 2 }, payload: { orderId: order.id, lines: [] } });
    await rig.subgraph.runJob('revive-orders');
    expect([(await standing(buyer.asker, order))[0], (await said(order, 'order-confirmed')).length]).toEqual(['CONFIRMED', 2]);
    await rig.subgraph.hear(reservationExpired, order.tenantId, { aggregate: { id: newId('res'), version: 3 }, payload: { orderId: order.id, lines: [] } });
    rig.answer(inventoryReserve, () => ({ outcome: 'SHORT' as const, lines: [] }));
    await rig.subgraph.runJob('revive-orders');
    expect((await standing(buyer.asker, order))[0]).toBe('CANCELLED');
    expect((await said(order, 'vendor-order-cancelled')).map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ amountMinor: pieceMinor + deliveryMinor, wasConfirmed: true, shipped: false, by: 'SYSTEM' }), expect.objectContaining({ amountMinor: 2 * pieceMinor + deliveryMinor }),
    ]);
  });

  it('is cancelled by its buyer whole, once, and what each vendor\'s part was worth goes back [ORD-03]', async () => {
    const { buyer, order } = await placed();
    await payment(rig, order, 'captured');
    const wish = { orderId: order.id, reason: 'Changed my mind.', idempotencyKey: 'k1' };
    expect(await change(buyer.asker, 'cancelOrder', wish)).toEqual({ __typename: 'Order', status: 'CANCELLED' });
    expect(await change(buyer.asker, 'cancelOrder', wish)).toEqual({ __typename: 'Order', status: 'CANCELLED' });
    const cancelled = await said(order, 'vendor-order-cancelled');
    expect(cancelled.reduce((sum, { payload }) => sum + Number(payload['amountMinor']), 0)).toBe(order.totalMinor);
    expect(await said(order, 'order-cancelled')).toHaveLength(1);
    await expect(change({ ...buyer.asker, viewer: testViewer(newId('usr'), ['SHOPPER']) }, 'cancelOrder', wish)).rejects.toThrow(/^NOT_FOUND/);
  });

  it('is its guest\'s to cancel by a key of their own: guests do not meet in one key', async () => {
    const guests = ['guest-key-a', 'guest-key-b'].map((guestKey) => ({ guestKey, buyer: rig.buyer({ buyer: { userId: null, guestKey } }) }));
    const [a, b] = guests.map(({ guestKey, buyer }) => ({ ...buyer, asker: { tenant: guests[0]?.buyer.asker.tenant ?? buyer.asker.tenant, viewer: { ...guest, guestKey } } }));
    if (!a || !b) throw new Error('There are two guests.');
    const [one, other] = [await rig.place(a), await rig.place(b)];
    const wish = { orderId: one['id'], idempotencyKey: 'first' };
    expect(await change(a.asker, 'cancelOrder', wish)).toMatchObject({ __typename: 'Order' });
    await expect(change(b.asker, 'cancelOrder', wish)).rejects.toThrow(/^NOT_FOUND/);
    expect(await change(b.asker, 'cancelOrder', { ...wish, orderId: other['id'] })).toEqual({ __typename: 'Order', status: 'CANCELLED' });
    expect(await change({ tenant: a.asker.tenant, viewer: { ...guest, orderId: String(one['id']) } }, 'cancelOrder', wish)).toEqual({ __typename: 'Order', status: 'CANCELLED' });
    for (const viewer of [guest, { ...guest, guestKey: 'guest-key-c' }]) await expect(change({ tenant: a.asker.tenant, viewer }, 'cancelOrder', wish)).rejects.toThrow(/^NOT_FOUND/);
  });

  it('that was withdrawn and is paid nevertheless is paid back', async () => {
    const { buyer, order } = await placed();
    await change(buyer.asker, 'cancelOrder', { orderId: order.id, idempotencyKey: 'k1' });
    expect((await said(order, 'vendor-order-cancelled'))[0]?.payload).toMatchObject({ wasConfirmed: false });
    await payment(rig, order, 'captured');
    expect((await said(order, 'order-refund-due')).map(({ payload }) => payload)).toEqual([expect.objectContaining({ amountMinor: order.totalMinor, why: 'PAID_AFTER_CANCELLATION' })]);
  });
});

describe('the part of a vendor', () => {
  it('is accepted by its own merchants, shipped in parts, delivered and completed, each step in the history [ORD-04, ORD-11]', async () => {
    const { buyer, order, merchant } = await placed();
    await payment(rig, order, 'captured');
    const [first, second] = order.parts;
    expect(await change(merchant, 'acceptVendorOrder', { vendorOrderId: first?.id })).toEqual({ __typename: 'VendorOrder', status: 'PROCESSING' });
    expect(await change(merchant, 'acceptVendorOrder', { vendorOrderId: first?.id })).toEqual({ __typename: 'VendorOrder', status: 'PROCESSING' });
    await expect(change(merchant, 'acceptVendorOrder', { vendorOrderId: second?.id })).rejects.toThrow(/^NOT_FOUND/);
    expect(await said(order, 'vendor-order-accepted')).toHaveLength(1);
    rig.clock.advance(25 * 3_600_000);
    await rig.subgraph.runJob('accept-due-parts');
    expect((await standing(buyer.asker, order))[1]).toEqual(['PROCESSING', 'PROCESSING']);
    await parcel(rig, order, 'shipped', { part: 1, quantities: [1] });
    expect(await standing(buyer.asker, order)).toEqual(['PARTIALLY_SHIPPED', ['PROCESSING', 'PARTIALLY_SHIPPED']]);
    expect(await change(buyer.asker, 'cancelOrder', { orderId: order.id, idempotencyKey: 'late' })).toMatchObject({ __typename: 'OrderNotCancellable', vendorOrderNumbers: [expect.stringMatching(/^VENDOR-1-/)] });
    await parcel(rig, order, 'shipped', { part: 1, quantities: [1] });
    await parcel(rig, order, 'shipped', { part: 0 });
    await parcel(rig, order, 'delivered', { part: 1, quantities: [1] });
    expect(await standing(buyer.asker, order)).toEqual(['SHIPPED', ['SHIPPED', 'PARTIALLY_DELIVERED']]);
    await parcel(rig, order, 'delivered', { part: 1, quantities: [1] });
    await parcel(rig, order, 'delivered', { part: 0 });
    expect((await standing(buyer.asker, order))[0]).toBe('DELIVERED');
    rig.clock.advance(15 * 86_400_000);
    await rig.subgraph.runJob('complete-due-parts');
    expect((await standing(buyer.asker, order))[0]).toBe('COMPLETED');
    expect(await said(order, 'order-completed')).toHaveLength(1);
    const { order: read } = await rig.read<{ order: Standing }>(buyer.asker, 'query($id: ID!) { order(id: $id) { status vendorOrders { status } history { kind } } }', { id: order.id });
    expect(read.history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['PLACED', 'confirm', 'accept', 'shipPart', 'ship', 'deliver', 'complete']));
  });

  it('that its vendor rejects gives back its own share, and the rest goes on', async () => {
    const { buyer, order, merchant } = await placed();
    await payment(rig, order, 'captured');
    const wish = { vendorOrderId: order.parts[0]?.id, reason: 'Broken in the warehouse.', idempotencyKey: 'r1' };
    expect(await change(merchant, 'rejectVendorOrder', wish)).toEqual({ __typename: 'VendorOrder', status: 'CANCELLED' });
    expect(await standing(buyer.asker, order)).toEqual(['CONFIRMED', ['CANCELLED', 'CONFIRMED']]);
    expect((await said(order, 'vendor-order-cancelled')).map(({ payload }) => payload)).toEqual([expect.objectContaining({ amountMinor: pieceMinor + deliveryMinor, by: 'VENDOR', reason: wish.reason })]);
    expect(await said(order, 'order-cancelled')).toHaveLength(0);
  });

  it('is rejected by nobody before it was paid: the stock of the others stays with them', async () => {
    const { buyer, order, merchant, operator } = await placed();
    for (const asker of [operator, merchant]) {
      expect(await change(asker, 'rejectVendorOrder', { vendorOrderId: order.parts[0]?.id, reason: 'Broken.', idempotencyKey: 'early' })).toMatchObject({ __typename: 'WrongVendorOrderStatus', status: 'PENDING_PAYMENT' });
    }
    expect(await said(order, 'vendor-order-cancelled')).toEqual([]);
    await payment(rig, order, 'captured');
    expect(await standing(buyer.asker, order)).toEqual(['CONFIRMED', ['CONFIRMED', 'CONFIRMED']]);
  });

  it('that is cancelled, or of which a parcel comes back, leaves the less to collect at the door', async () => {
    const { order, merchant, operator } = await placed({ payWith: 'CASH_ON_DELIVERY' });
    await payment(rig, order, 'opened', { status: 'PENDING_COLLECTION', provider: 'CASH_ON_DELIVERY' });
    const toCollect = async () => (await rig.read<{ order: { vendorOrders: { amountToCollect: { minor: number } }[] } }>(operator, 'query($id: ID!) { order(id: $id) { vendorOrders { amountToCollect { minor } } } }', { id: order.id })).order.vendorOrders.map(({ amountToCollect }) => amountToCollect.minor);
    expect(await toCollect()).toEqual([pieceMinor + deliveryMinor, 2 * pieceMinor + deliveryMinor]);
    await change(merchant, 'rejectVendorOrder', { vendorOrderId: order.parts[0]?.id, reason: 'Broken.', idempotencyKey: 'r1' });
    await change(operator, 'acceptVendorOrder', { vendorOrderId: order.parts[1]?.id });
    for (const kind of ['shipped', 'shipped', 'returned'] as const) await parcel(rig, order, kind, { part: 1, quantities: [1] });
    expect(await toCollect()).toEqual([0, pieceMinor + deliveryMinor]);
  });

  it('is held back and released by those who look after it, and moves nowhere meanwhile', async () => {
    const { order, merchant } = await placed();
    await payment(rig, order, 'captured');
    const vendorOrderId = order.parts[0]?.id;
    expect(await change(merchant, 'holdVendorOrder', { vendorOrderId, reason: 'A strange address.' })).toMatchObject({ status: 'ON_HOLD' });
    expect(await change(merchant, 'acceptVendorOrder', { vendorOrderId })).toMatchObject({ __typename: 'WrongVendorOrderStatus', status: 'ON_HOLD' });
    expect(await change(merchant, 'releaseVendorOrder', { vendorOrderId })).toMatchObject({ status: 'CONFIRMED' });
  });

  it('is held back where the promise of its money lapsed, as far as no vendor accepted it; a decline alone holds nothing', async () => {
    const { buyer, order, operator } = await placed();
    await payment(rig, order, 'failed');
    await payment(rig, order, 'authorized');
    await change(operator, 'acceptVendorOrder', { vendorOrderId: order.parts[1]?.id });
    await payment(rig, order, 'failed', { code: 'promise_lapsed' });
    expect((await standing(buyer.asker, order))[1]).toEqual(['ON_HOLD', 'PROCESSING']);
    const { order: { history } } = await rig.read<{ order: Standing }>(operator, 'query($id: ID!) { order(id: $id) { history { kind } } }', { id: order.id });
    expect(history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['paymentFailed', 'hold']));
  });

  it('whose parcel comes back is cancelled with its delivery; of two parcels only what came back is', async () => {
    const { buyer, order, operator } = await placed();
    await payment(rig, order, 'captured');
    for (const { id } of order.parts) await change(operator, 'acceptVendorOrder', { vendorOrderId: id });
    await parcel(rig, order, 'shipped', { part: 1, quantities: [1] });
    await parcel(rig, order, 'shipped', { part: 1, quantities: [1] });
    await parcel(rig, order, 'returned', { part: 1, quantities: [1] });
    expect((await standing(buyer.asker, order))[1]).toEqual(['PROCESSING', 'SHIPPED']);
    await parcel(rig, order, 'returned', { part: 1, quantities: [1] });
    expect((await standing(buyer.asker, order))[1]).toEqual(['PROCESSING', 'CANCELLED']);
    expect((await said(order, 'vendor-order-cancelled')).map(({ payload }) => [payload['amountMinor'], payload['shipped']])).toEqual([[pieceMinor, true], [pieceMinor + deliveryMinor, true]]);
  });
});

describe('a parcel that is about to leave', () => {
  const processing = async () => {
    const all = await placed();
    await payment(rig, all.order, 'captured');
    for (const { id } of all.order.parts) await change(all.operator, 'acceptVendorOrder', { vendorOrderId: id });
    return all;
  };
  const shippedOf = async ({ id }: PlacedOrder) => (await rig.subgraph.query<{ shipped: number }>('select shipped from orders.order_line where order_id = $1 order by position', [id])).map(({ shipped }) => shipped);

  it('before its order is cancelled leaves, and is cancelled no more, though orders did not hear of it yet', async () => {
    const { buyer, order, merchant, operator } = await processing();
    expect(await depart(rig, merchant, order)).toBe('DEPARTED');
    expect(await standing(buyer.asker, order)).toEqual(['PARTIALLY_SHIPPED', ['SHIPPED', 'PROCESSING']]);
    expect(await change(buyer.asker, 'cancelOrder', { orderId: order.id, idempotencyKey: 'late' })).toMatchObject({ __typename: 'OrderNotCancellable' });
    expect(await change(operator, 'rejectVendorOrder', { vendorOrderId: order.parts[0]?.id, reason: 'Broken.', idempotencyKey: 'late' })).toMatchObject({ __typename: 'WrongVendorOrderStatus', status: 'SHIPPED' });
    expect(await said(order, 'vendor-order-cancelled')).toEqual([]);
  });

  it('after its order or its part was cancelled does not, and nothing is written', async () => {
    const { buyer, order, merchant } = await processing();
    await change(merchant, 'rejectVendorOrder', { vendorOrderId: order.parts[0]?.id, reason: 'Broken.', idempotencyKey: 'first' });
    const before = await rig.subgraph.events(order.tenantId);
    expect(await depart(rig, merchant, order)).toBe('CANCELLED');
    expect([await rig.subgraph.events(order.tenantId), await shippedOf(order)]).toEqual([before, [0, 0]]);
    expect(await depart(rig, merchant, order, { part: 1 })).toBe('DEPARTED');
    const other = await processing();
    await change(other.buyer.asker, 'cancelOrder', { orderId: other.order.id, idempotencyKey: 'first' });
    expect(await depart(rig, other.merchant, other.order, { part: 1 })).toBe('CANCELLED');
    expect(await rig.subgraph.query('select id from orders.departure where tenant_id = $1', [buyer.asker.tenant.id])).toHaveLength(1);
  });

  it('at the same moment as a cancellation: one of the two happens, never both', async () => {
    for (let times = 0; times < 5; times += 1) {
      const { buyer, order, merchant } = await processing();
      const [outcome, cancelled] = await Promise.all([depart(rig, merchant, order), change(buyer.asker, 'cancelOrder', { orderId: order.id, idempotencyKey: 'now' })]);
      expect([outcome, cancelled['__typename']]).toEqual(outcome === 'DEPARTED' ? ['DEPARTED', 'OrderNotCancellable'] : ['CANCELLED', 'Order']);
    }
  });

  it('is counted once, however often it is asked for and heard of, even when it came back', async () => {
    const { buyer, order, merchant } = await processing();
    const one = { part: 1, quantities: [1], parcelId: newId('par') };
    expect(await Promise.all([depart(rig, merchant, order, one), depart(rig, merchant, order, one)])).toEqual(['DEPARTED', 'DEPARTED']);
    expect([await standing(buyer.asker, order), await shippedOf(order)]).toEqual([['PARTIALLY_SHIPPED', ['PROCESSING', 'PARTIALLY_SHIPPED']], [0, 1]]);
    await parcel(rig, order, 'shipped', one);
    expect(await shippedOf(order)).toEqual([0, 1]);
    await parcel(rig, order, 'returned', one);
    await parcel(rig, order, 'shipped', one);
    expect([await depart(rig, merchant, order, one), await shippedOf(order)]).toEqual(['DEPARTED', [0, 0]]);
  });

  it('by parts leaves as long as pieces are left that were not cancelled; those of one that was called off leave in another', async () => {
    const { order, merchant } = await processing();
    const returned = { part: 1, quantities: [1], parcelId: newId('par') };
    await depart(rig, merchant, order, returned);
    await parcel(rig, order, 'returned', returned);
    expect(await depart(rig, merchant, order, { part: 1, quantities: [2] })).toBe('CANCELLED');
    expect(await depart(rig, merchant, order, { part: 1, quantities: [1] })).toBe('DEPARTED');
    expect(await depart(rig, merchant, order, { part: 1, quantities: [1] })).toBe('DEPARTED');
    expect(await shippedOf(order)).toEqual([0, 1]);
    expect(await depart(rig, merchant, { ...order, parts: order.parts.map((part) => ({ ...part, id: newId('vord') })) })).toBe('NOT_FOUND');
  });
});
