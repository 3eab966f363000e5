import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { depart, parcel, payment, type PlacedOrder } from '../testing/neighbour-events.js';
import { orderActs } from '../testing/order-acts.js';
import { OrdersRig } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

const { placed, standing, change, said } = orderActs(() => rig);

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
