import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inventoryReserve } from '@haat/schema/asks/inventory';
import { vendorDescribe } from '@haat/schema/asks/vendors';
import { reservationExpired } from '@haat/schema/events/inventory';
import { newId } from '@haat/kit/id';
import { guest, type Viewer } from '@haat/kit/identity';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { parcel, payment, refunded } from '../testing/neighbour-events.js';
import { orderActs, type Standing } from '../testing/order-acts.js';
import { deliveryMinor, OrdersRig, pieceMinor } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

const { placed, standing, change, said } = orderActs(() => rig);

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

  it('unpaid in time expires, and its cart may be ordered anew; the old key goes on naming the old order [EVT-11]', async () => {
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

  it('shows its merchants the buyer\'s word, and with its buyer how many pieces came back', async () => {
    const { buyer, order, operator } = await placed({ note: 'Ring twice, দয়া করে।' });
    await payment(rig, order, 'captured');
    for (const kind of ['shipped', 'returned'] as const) await parcel(rig, order, kind, { part: 1, quantities: [1] });
    const merchant = { ...operator, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: order.parts[1]?.vendorId ?? '', grants: ['orders.manage'] }] }) };
    const seen = { note: 'Ring twice, দয়া করে।', lines: [{ quantity: 2, cancelledQuantity: 1 }] };
    expect(await rig.read(merchant, 'query($id: ID!) { vendorOrder(id: $id) { note lines { quantity cancelledQuantity } } }', { id: order.parts[1]?.id })).toEqual({ vendorOrder: seen });
    expect(await rig.read(buyer.asker, 'query($id: ID!) { order(id: $id) { note lines { quantity cancelledQuantity } } }', { id: order.id })).toEqual({ order: { ...seen, lines: [{ quantity: 1, cancelledQuantity: 0 }, ...seen.lines] } });
  });

  it('is accepted by itself after its vendor\'s hours, counted from when it was paid or released, however late that was', async () => {
    const hourMs = 3_600_000;
    rig.answer(vendorDescribe, ({ vendorIds }) => ({ vendors: vendorIds.map((vendorId, at) => ({ vendorId, slug: `vendor-${at}`, name: `Vendor ${at}`, openNow: true, whyClosed: null, minimumOrderMinor: null, acceptsAfterHours: 1 })) }));
    const [slow, late, held] = [await placed(), await placed(), await placed()];
    const states = async () => Promise.all([slow, late, held].map(async ({ buyer, order }) => (await standing(buyer.asker, order))[1]));
    const acceptAfter = async (ms: number) => { rig.clock.advance(ms); await rig.subgraph.runJob('accept-due-parts'); };
    await payment(rig, held.order, 'captured');
    await change(held.merchant, 'holdVendorOrder', { vendorOrderId: held.order.parts[0]?.id, reason: 'A strange address.' });
    await payment(rig, late.order, 'expired');
    await acceptAfter(1.2 * hourMs);
    expect(await states()).toEqual([['PENDING_PAYMENT', 'PENDING_PAYMENT'], ['EXPIRED', 'EXPIRED'], ['ON_HOLD', 'PROCESSING']]);
    await payment(rig, slow.order, 'captured');
    await payment(rig, late.order, 'captured');
    await rig.subgraph.runJob('revive-orders');
    await change(held.merchant, 'releaseVendorOrder', { vendorOrderId: held.order.parts[0]?.id });
    await acceptAfter(0.9 * hourMs);
    expect(await states()).toEqual([['CONFIRMED', 'CONFIRMED'], ['CONFIRMED', 'CONFIRMED'], ['CONFIRMED', 'PROCESSING']]);
    await acceptAfter(0.2 * hourMs);
    expect(await states()).toEqual([['PROCESSING', 'PROCESSING'], ['PROCESSING', 'PROCESSING'], ['PROCESSING', 'PROCESSING']]);
  });

  it('tells its merchants of their own refunds, and nobody of those of another vendor but the buyer', async () => {
    const { buyer, order, merchant } = await placed();
    await payment(rig, order, 'captured');
    await refunded(rig, order, { part: 0, reason: 'One was torn.' });
    await refunded(rig, order, { part: 1, reason: 'The other vendor sent a wrong one.' });
    await refunded(rig, order, { reason: 'Paid more than was due.' });
    const reasons = (history: readonly { kind: string; reason: string }[]) => history.filter(({ kind }) => kind === 'refunded').map(({ reason }) => reason);
    const { vendorOrder } = await rig.read<{ vendorOrder: { history: { kind: string; reason: string }[] } }>(merchant, 'query($id: ID!) { vendorOrder(id: $id) { history { kind reason } } }', { id: order.parts[0]?.id });
    const { order: whole } = await rig.read<{ order: { history: { kind: string; reason: string }[] } }>(buyer.asker, 'query($id: ID!) { order(id: $id) { history { kind reason } } }', { id: order.id });
    expect(reasons(whole.history)).toEqual(['One was torn.', 'The other vendor sent a wrong one.', 'Paid more than was due.']);
    expect(reasons(vendorOrder.history)).toEqual(['One was torn.', 'Paid more than was due.']);
  });

  it('that cannot be accepted by itself keeps no other from it', async () => {
    rig.answer(vendorDescribe, ({ vendorIds }) => ({ vendors: vendorIds.map((vendorId, at) => ({ vendorId, slug: `vendor-${at}`, name: `Vendor ${at}`, openNow: true, whyClosed: null, minimumOrderMinor: null, acceptsAfterHours: 1 })) }));
    const [broken, whole] = [await placed(), await placed()];
    for (const { order } of [broken, whole]) {
      await payment(rig, order, 'captured');
      rig.clock.advance(1_000);
    }
    await rig.subgraph.query(`update orders.vendor_order set totals = '{}' where order_id = $1`, [broken.order.id]);
    rig.clock.advance(3_600_000);
    await rig.subgraph.runJob('accept-due-parts');
    expect((await standing(whole.buyer.asker, whole.order))[1]).toEqual(['PROCESSING', 'PROCESSING']);
    await rig.subgraph.query('update orders.vendor_order set accepts_at = null where order_id = $1', [broken.order.id]);
  });

  it('is looked after by programs of the whole marketplace with the right to it, and by no others', async () => {
    const { buyer, order } = await placed();
    await payment(rig, order, 'captured');
    const [first, second] = order.parts;
    const program = (rights: Partial<Viewer>): TestAsker => ({ tenant: buyer.asker.tenant, viewer: { kind: 'TOKEN', tokenId: newId('tok'), roles: ['PARTNER'], grants: [], vendors: [], ...rights } });
    for (const rights of [{ grants: ['orders.read'] }, { vendors: [{ id: second?.vendorId ?? '', grants: ['orders.manage'] }] }]) await expect(change(program(rights), 'acceptVendorOrder', { vendorOrderId: first?.id })).rejects.toThrow(/^NOT_FOUND/);
    const keeper = program({ grants: ['orders.manage'] });
    expect(await change(keeper, 'holdVendorOrder', { vendorOrderId: first?.id, reason: 'A strange address.' })).toMatchObject({ status: 'ON_HOLD' });
    expect(await change(keeper, 'releaseVendorOrder', { vendorOrderId: first?.id })).toMatchObject({ status: 'CONFIRMED' });
    expect(await change(keeper, 'acceptVendorOrder', { vendorOrderId: first?.id })).toMatchObject({ status: 'PROCESSING' });
    expect(await change(keeper, 'rejectVendorOrder', { vendorOrderId: second?.id, reason: 'Broken.', idempotencyKey: 'r1' })).toMatchObject({ status: 'CANCELLED' });
    await expect(change(keeper, 'cancelOrder', { orderId: order.id, idempotencyKey: 'c1' })).rejects.toThrow(/^NOT_FOUND/);
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
