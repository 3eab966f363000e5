import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { depart, parcel, payment, type PlacedOrder } from '../testing/neighbour-events.js';
import { orderActs } from '../testing/order-acts.js';
import { OrdersRig } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

const { placed, standing, change, said } = orderActs(() => rig);
const lapse = (order: PlacedOrder) => payment(rig, order, 'failed', { code: 'promise_lapsed' });

/** An order whose money was promised; its second part is accepted. */
async function promised() {
  const all = await placed();
  await payment(rig, all.order, 'authorized');
  await change(all.operator, 'acceptVendorOrder', { vendorOrderId: all.order.parts[1]?.id });
  const parts = async () => (await standing(all.buyer.asker, all.order))[1];
  return { ...all, parts, first: { vendorOrderId: all.order.parts[0]?.id }, second: { vendorOrderId: all.order.parts[1]?.id } };
}

describe('an order whose money is not promised any more', () => {
  it('is held, accepted or not, and nothing of it leaves; a decline alone holds nothing', async () => {
    const { buyer, order, operator, parts } = await promised();
    await payment(rig, order, 'failed');
    expect(await parts()).toEqual(['CONFIRMED', 'PROCESSING']);
    await lapse(order);
    expect(await parts()).toEqual(['ON_HOLD', 'ON_HOLD']);
    expect(await depart(rig, buyer.asker, order, { part: 1 })).toBe('HELD');
    const { order: { history } } = await rig.read<{ order: { history: { kind: string }[] } }>(operator, 'query($id: ID!) { order(id: $id) { history { kind } } }', { id: order.id });
    expect(history.map(({ kind }) => kind).filter((kind) => kind === 'paymentFailed' || kind === 'hold')).toEqual(['paymentFailed', 'paymentFailed', 'hold', 'hold']);
  });

  it('is not let go by its vendor, only by operators, and goes on where it was', async () => {
    const { buyer, order, merchant, operator, parts, first, second } = await promised();
    await lapse(order);
    expect(await change(merchant, 'releaseVendorOrder', first)).toEqual({ __typename: 'WrongVendorOrderStatus', status: 'ON_HOLD', message: expect.stringContaining('Operators may let it go on') });
    expect(await change(merchant, 'acceptVendorOrder', first)).toMatchObject({ __typename: 'WrongVendorOrderStatus', status: 'ON_HOLD' });
    for (const [part, status] of [[first, 'CONFIRMED'], [second, 'PROCESSING']] as const) expect(await change(operator, 'releaseVendorOrder', part)).toEqual({ __typename: 'VendorOrder', status });
    expect(await change(operator, 'releaseVendorOrder', second)).toMatchObject({ __typename: 'WrongVendorOrderStatus', status: 'PROCESSING' });
    expect(await depart(rig, buyer.asker, order, { part: 1 })).toBe('DEPARTED');
    expect(await parts()).toEqual(['CONFIRMED', 'SHIPPED']);
    expect(await said(order, 'vendor-order-accepted')).toHaveLength(1);
  });

  it('goes on where it was once the money is there again, but for what was held before', async () => {
    const { order, merchant, parts, first } = await promised();
    await change(merchant, 'holdVendorOrder', { ...first, reason: 'A strange address.' });
    await lapse(order);
    expect(await change(merchant, 'releaseVendorOrder', first)).toMatchObject({ __typename: 'WrongVendorOrderStatus' });
    await payment(rig, order, 'failed');
    expect(await parts()).toEqual(['ON_HOLD', 'ON_HOLD']);
    await payment(rig, order, 'captured');
    expect(await parts()).toEqual(['ON_HOLD', 'PROCESSING']);
    expect(await change(merchant, 'releaseVendorOrder', first)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('goes on by what is left to be paid where a part of it was cancelled meanwhile, and by no less', async () => {
    const { order, merchant, parts, first } = await promised();
    await lapse(order);
    expect(await change(merchant, 'rejectVendorOrder', { ...first, reason: 'Nobody pays.', idempotencyKey: 'r1' })).toMatchObject({ status: 'CANCELLED' });
    const owedMinor = order.totalMinor - Number((await said(order, 'vendor-order-cancelled'))[0]?.payload['amountMinor']);
    await payment(rig, order, 'authorized', { authorizedMinor: owedMinor - 1 });
    expect(await parts()).toEqual(['CANCELLED', 'ON_HOLD']);
    await payment(rig, order, 'captured', { capturedMinor: owedMinor });
    expect(await parts()).toEqual(['CANCELLED', 'PROCESSING']);
  });

  it('of which some pieces left keeps the others until an operator lets them go', async () => {
    const { buyer, order, operator, merchant, parts, second } = await promised();
    await parcel(rig, order, 'shipped', { part: 1, quantities: [1] });
    await lapse(order);
    expect(await parts()).toEqual(['ON_HOLD', 'PARTIALLY_SHIPPED']);
    const rest = { part: 1, quantities: [1], parcelId: 'par_rest' };
    expect(await depart(rig, buyer.asker, order, rest)).toBe('HELD');
    await expect(change(merchant, 'releaseVendorOrder', second)).rejects.toThrow(/^NOT_FOUND/);
    expect(await change(operator, 'releaseVendorOrder', second)).toEqual({ __typename: 'VendorOrder', status: 'PARTIALLY_SHIPPED' });
    expect(await depart(rig, buyer.asker, order, rest)).toBe('DEPARTED');
    expect(await parts()).toEqual(['ON_HOLD', 'SHIPPED']);
  });

  it('of which the pieces that had left came back is let go by an operator as well, and not by its vendor', async () => {
    const { buyer, order, operator, parts, second } = await promised();
    await parcel(rig, order, 'shipped', { part: 1, quantities: [1] });
    await lapse(order);
    await parcel(rig, order, 'returned', { part: 1, quantities: [1] });
    expect(await parts()).toEqual(['ON_HOLD', 'PROCESSING']);
    const seller = { ...operator, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: order.parts[1]?.vendorId ?? '', grants: ['orders.manage'] }] } as never) };
    expect(await change(seller, 'releaseVendorOrder', second)).toMatchObject({ __typename: 'WrongVendorOrderStatus' });
    const rest = { part: 1, quantities: [1] };
    expect(await depart(rig, buyer.asker, order, rest)).toBe('HELD');
    expect(await change(operator, 'releaseVendorOrder', second)).toEqual({ __typename: 'VendorOrder', status: 'PROCESSING' });
    expect(await depart(rig, buyer.asker, order, rest)).toBe('DEPARTED');
  });
});
