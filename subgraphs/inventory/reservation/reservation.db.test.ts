import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderConfirmed, orderExpired, vendorOrderCancelled } from '@haat/schema/events/orders';
import { refundSucceeded } from '@haat/schema/events/payments';
import { parcelDelivered, parcelReturned, parcelShipped } from '@haat/schema/events/shipping';
import type { EventContract } from '@haat/schema/event';
import { newId } from '@haat/kit/id';
import { InventoryRig, type Line } from '../testing/inventory-rig.js';
import { orderFacts, parcelFacts, refundFacts, vendorOrderFacts } from '../testing/order-facts.js';

let rig: InventoryRig;
beforeAll(async () => { rig = await InventoryRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const line = (offerId: string, quantity = 1): Line => ({ lineId: newId('line'), offerId, quantity });

describe('inventory.reserve', () => {
  it('gives ten pieces to ten of 64 buyers who want one at once, and tells the others what is left [INV-04, INV-02]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 10);
    const outcomes = await Promise.all(Array.from({ length: 64 }, () => rig.reserve(shop, [line(offerId)])));
    expect(outcomes.filter(({ outcome }) => outcome === 'HELD')).toHaveLength(10);
    for (const each of outcomes) if (each.outcome === 'SHORT') expect(each.lines).toMatchObject([{ offerId, requested: 1, available: 0 }]);
    expect(await rig.level(offerId)).toEqual({ on_hand: 10, allocated: 0, reserved: 10, available: 0 });
  });

  it('lets no deadlock reach 300 buyers of three offers in whatever order, and sells each piece once [INV-04]', async () => {
    const shop = await rig.shop();
    const offers = [await rig.offer(shop, 100), await rig.offer(shop, 100), await rig.offer(shop, 100)];
    const turned = (n: number) => offers.map((_, at) => line(offers[(at + n) % 3] ?? ''));
    const outcomes = await Promise.all(Array.from({ length: 300 }, (_, n) => rig.reserve(shop, n % 2 ? turned(n) : turned(n).reverse())));
    expect(outcomes.filter(({ outcome }) => outcome === 'HELD')).toHaveLength(100);
    for (const offerId of offers) expect(await rig.level(offerId)).toMatchObject({ reserved: 100, available: 0 });
  }, 60_000);

  it('holds every line or none, and counts pieces once for two lines of one offer', async () => {
    const shop = await rig.shop();
    const [mug, bowl] = [await rig.offer(shop, 5), await rig.offer(shop, 1)];
    expect(await rig.reserve(shop, [line(mug, 3), line(bowl, 2)])).toMatchObject({ outcome: 'SHORT', lines: [{ offerId: bowl, requested: 2, available: 1 }] });
    expect(await rig.reserve(shop, [line(mug, 3), line(mug, 3)])).toMatchObject({ outcome: 'SHORT', lines: [{ requested: 3, available: 2 }] });
    expect(await rig.level(mug)).toMatchObject({ reserved: 0 });
    expect(await rig.reserve(shop, [line(newId('ofr'), 1)])).toMatchObject({ outcome: 'SHORT', lines: [{ available: 0 }] });
  });

  it('answers the same hold to the same order, however many ask at once [EVT-07]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 9);
    const [orderId, wanted] = [newId('ord'), [line(offerId, 2)]];
    const held = await Promise.all(Array.from({ length: 8 }, () => rig.reserve(shop, wanted, { orderId })));
    for (const each of held) expect(each).toEqual(held[0]);
    expect(held[0]).toMatchObject({ outcome: 'HELD', lines: [{ lineId: wanted[0]?.lineId, warehouses: [{ warehouseId: shop.warehouseId, quantity: 2 }] }] });
    expect(await rig.level(offerId)).toMatchObject({ reserved: 2 });
  });

  it('takes from several warehouses where one has not enough [INV-06]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 3);
    const { id: second } = (await rig.mutate(shop.operator, 'openWarehouse', { name: 'Port', priority: 1 })) as unknown as { id: string };
    await rig.receive(shop.operator, offerId, second, 4);
    expect(await rig.reserve(shop, [line(offerId, 4)])).toMatchObject({ lines: [{ warehouses: [{ warehouseId: second, quantity: 4 }] }] });
    expect(await rig.reserve(shop, [line(offerId, 4)])).toMatchObject({ outcome: 'SHORT', lines: [{ available: 3 }] });
  });

  it('knows nothing of another marketplace\'s stock', async () => {
    const [here, there] = [await rig.shop(), await rig.shop()];
    const offerId = await rig.offer(here, 5);
    expect(await rig.reserve(there, [line(offerId)])).toMatchObject({ outcome: 'SHORT', lines: [{ available: 0 }] });
  });
});

describe('a hold', () => {
  it('is given back once, and cannot be taken by a first request that comes late [INV-03]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 5);
    const orderId = newId('ord');
    await rig.reserve(shop, [line(offerId, 5)], { orderId });
    expect(await rig.release(shop, orderId)).toEqual({ outcome: 'RELEASED' });
    expect(await rig.release(shop, orderId)).toEqual({ outcome: 'NOTHING' });
    expect(await rig.reserve(shop, [line(offerId, 5)], { orderId })).toEqual({ outcome: 'RELEASED' });
    expect(await rig.reserve(shop, [line(offerId, 5)], { orderId, again: true })).toMatchObject({ outcome: 'HELD' });
    const never = newId('ord');
    expect(await rig.release(shop, never)).toEqual({ outcome: 'NOTHING' });
    expect(await rig.reserve(shop, [line(offerId, 1)], { orderId: never })).toEqual({ outcome: 'RELEASED' });
  });

  it('is nobody\'s when its time is over, swept or not, and that is said [INV-02, INV-03]', async () => {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 2);
    const orderId = newId('ord');
    await rig.reserve(shop, [line(offerId, 2)], { orderId });
    await rig.age(orderId);
    const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Offer { availability { available inStock } } } }`;
    expect(await rig.read(shop.operator, query, { r: [{ __typename: 'Offer', id: offerId }] })).toEqual({ _entities: [{ availability: { available: 2, inStock: true } }] });
    expect(await rig.reserve(shop, [line(offerId, 1)])).toMatchObject({ outcome: 'HELD' });
    const other = newId('ord');
    await rig.reserve(shop, [line(offerId, 1)], { orderId: other });
    await rig.age(other);
    await rig.subgraph.runJob('expire-reservations');
    expect((await rig.subgraph.events(shop.tenant.id)).filter(({ type }) => type === 'inventory.reservation-expired').map(({ payload }) => payload['orderId'])).toEqual([orderId, other]);
    expect(await rig.extend(shop, other, new Date(Date.now() + 60_000))).toEqual({ outcome: 'GONE', expiresAt: null });
  });

  it('is extended while it stands, never shortened, and not beyond the cap', async () => {
    const shop = await rig.shop();
    const orderId = newId('ord');
    await rig.reserve(shop, [line(await rig.offer(shop, 2))], { orderId });
    const later = new Date(Date.now() + 3 * 3_600_000);
    const extended = await rig.extend(shop, orderId, later);
    expect(extended).toMatchObject({ outcome: 'EXTENDED', expiresAt: later.toISOString() });
    expect(await rig.extend(shop, orderId, new Date())).toEqual(extended);
    const far = await rig.extend(shop, orderId, new Date(Date.now() + 365 * 86_400_000));
    expect(Date.parse(far.expiresAt ?? '')).toBeLessThan(Date.now() + 73 * 3_600_000);
  });
});

describe('what becomes of an order', () => {
  async function confirmed(quantity = 3) {
    const order = await held(quantity);
    await rig.say(orderConfirmed as never, order.shop, { ...orderFacts, orderId: order.orderId });
    return order;
  }

  async function held(quantity = 3) {
    const shop = await rig.shop();
    const offerId = await rig.offer(shop, 5);
    const [orderId, wanted] = [newId('ord'), line(offerId, quantity)];
    await rig.reserve(shop, [wanted], { orderId });
    const pieces = (count: number) => ({ ...parcelFacts, orderId, lines: [{ cartLineId: wanted.lineId, orderLineId: 'x', offerId, quantity: count }], reason: 'Refused.' });
    return { shop, offerId, orderId, pieces, lineId: wanted.lineId };
  }

  it('allocates what was held, and takes it off the shelf when it leaves [INV-01, INV-08]', async () => {
    const { shop, offerId, orderId, pieces } = await confirmed();
    expect(await rig.level(offerId)).toEqual({ on_hand: 5, allocated: 3, reserved: 0, available: 2 });
    await rig.say(parcelShipped as never, shop, pieces(2));
    await rig.say(parcelShipped as never, shop, pieces(2));
    expect(await rig.level(offerId)).toEqual({ on_hand: 2, allocated: 0, reserved: 0, available: 2 });
    await rig.say(parcelReturned as never, shop, pieces(1));
    expect(await rig.level(offerId)).toMatchObject({ on_hand: 3, available: 3 });
    expect(await rig.release(shop, orderId)).toEqual({ outcome: 'NOTHING' });
    const kinds = await rig.subgraph.query<{ kind: string }>('select kind from inventory.stock_movement where offer_id = $1 order by created_at, id', [offerId]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['RECEIVED', 'RESERVED', 'ALLOCATED', 'SHIPPED', 'SHIPPED', 'RETURNED']);
  });

  it('puts the same pieces back once, whether the courier says so, or whoever paid them back, or both [INV-08]', async () => {
    const { shop, offerId, orderId, pieces, lineId } = await confirmed();
    const paidBack = (quantity: number) => rig.say(refundSucceeded as never, shop, { ...refundFacts, orderId, lines: [{ orderLineId: 'x', cartLineId: lineId, offerId, vendorOrderId: 'vord', quantity, amountMinor: 0, restock: true }] });
    const onHand = async () => (await rig.level(offerId)).on_hand;
    await paidBack(3);
    expect(await onHand()).toBe(5);
    await rig.say(parcelShipped as never, shop, pieces(3));
    await rig.say(parcelDelivered as never, shop, pieces(2));
    await paidBack(2);
    expect(await onHand()).toBe(4);
    await rig.say(parcelReturned as never, shop, pieces(3));
    expect(await onHand()).toBe(5);
    await paidBack(1);
    expect(await rig.level(offerId)).toEqual({ on_hand: 5, allocated: 0, reserved: 0, available: 5 });
  });

  it('puts back nothing of what came back broken, whoever says afterwards that it is to be sold again [INV-08]', async () => {
    const { shop, offerId, orderId, pieces, lineId } = await confirmed();
    await rig.say(parcelShipped as never, shop, pieces(2));
    await rig.say(parcelReturned as never, shop, { ...pieces(2), damaged: true });
    await rig.say(refundSucceeded as never, shop, { ...refundFacts, orderId, lines: [{ orderLineId: 'x', cartLineId: lineId, offerId, vendorOrderId: 'vord', quantity: 2, amountMinor: 0, restock: true }] });
    expect(await rig.level(offerId)).toEqual({ on_hand: 3, allocated: 1, reserved: 0, available: 2 });
    const moved = await rig.subgraph.query('select kind, quantity, on_hand_change from inventory.stock_movement where offer_id = $1 order by created_at desc, kind limit 2', [offerId]);
    expect(moved).toEqual([{ kind: 'DAMAGED', quantity: 2, on_hand_change: -2 }, { kind: 'RETURNED', quantity: 2, on_hand_change: 2 }]);
  });

  it('takes off the shelf what leaves before the news of its confirmation comes', async () => {
    const { shop, offerId, orderId, pieces } = await held();
    await rig.say(parcelShipped as never, shop, pieces(2));
    expect(await rig.level(offerId)).toEqual({ on_hand: 3, allocated: 1, reserved: 0, available: 2 });
    await rig.say(orderConfirmed as never, shop, { ...orderFacts, orderId });
    expect(await rig.level(offerId)).toEqual({ on_hand: 3, allocated: 1, reserved: 0, available: 2 });
  });

  it('gives back what is cancelled before it leaves, and what nobody paid [INV-03, EVT-11]', async () => {
    const { shop, offerId, orderId, lineId } = await confirmed();
    const cancelled = (quantity: number, shipped: boolean) => ({ ...vendorOrderFacts, orderId, shipped, wasConfirmed: true, cancelled: [{ cartLineId: lineId, orderLineId: 'x', offerId, quantity, amountMinor: 0 }] });
    await rig.say(vendorOrderCancelled as never, shop, cancelled(1, false));
    await rig.say(vendorOrderCancelled as never, shop, cancelled(9, false));
    await rig.say(vendorOrderCancelled as never, shop, cancelled(1, true));
    expect(await rig.level(offerId)).toEqual({ on_hand: 5, allocated: 0, reserved: 0, available: 5 });
    const unpaid = newId('ord');
    await rig.reserve(shop, [line(offerId, 5)], { orderId: unpaid });
    await rig.say(orderExpired as never, shop, { ...orderFacts, status: 'EXPIRED', orderId: unpaid });
    expect(await rig.level(offerId)).toMatchObject({ reserved: 0, available: 5 });
  });
});

describe('an order that was paid late', () => {
  async function held() {
    const shop = await rig.shop();
    const [offerId, orderId] = [await rig.offer(shop, 5), newId('ord')];
    const wanted = [line(offerId, 3)];
    const say = (contract: EventContract, status: string) => rig.say(contract, shop, { ...orderFacts, status, orderId });
    const again = () => rig.reserve(shop, wanted, { orderId, again: true });
    expect(await rig.reserve(shop, wanted, { orderId })).toMatchObject({ outcome: 'HELD' });
    return { shop, offerId, orderId, say, again };
  }

  it('keeps what it holds when the news of its expiry comes only after it asked anew [INV-03]', async () => {
    const { offerId, say, again } = await held();
    expect(await again()).toMatchObject({ outcome: 'HELD' });
    await say(orderExpired as never, 'EXPIRED');
    expect(await rig.level(offerId)).toMatchObject({ reserved: 3, available: 2 });
    await say(orderConfirmed as never, 'CONFIRMED');
    expect(await rig.level(offerId)).toMatchObject({ allocated: 3, reserved: 0, available: 2 });
  });

  it('gives back what it asked anew when it is told to, when it expires once more, and when its time is over', async () => {
    const [told, twice, over] = [await held(), await held(), await held()];
    for (const { again } of [told, twice, over]) await again();
    expect(await rig.release(told.shop, told.orderId)).toEqual({ outcome: 'RELEASED' });
    for (const _ of [1, 2]) await twice.say(orderExpired as never, 'EXPIRED');
    await over.say(orderExpired as never, 'EXPIRED');
    await rig.age(over.orderId);
    await rig.subgraph.runJob('expire-reservations');
    for (const { offerId } of [told, twice, over]) expect(await rig.level(offerId)).toMatchObject({ reserved: 0, available: 5 });
  });
});

describe('levels after all of this', () => {
  it('are what their movements add up to [INV-08]', async () => {
    expect(await rig.wrongLevels()).toEqual([]);
  });
});
