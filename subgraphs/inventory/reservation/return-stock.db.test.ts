import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderConfirmed } from '@haat/schema/events/orders';
import { refundSucceeded } from '@haat/schema/events/payments';
import { parcelDelivered, parcelReturned, parcelShipped } from '@haat/schema/events/shipping';
import { newId } from '@haat/kit/id';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { InventoryRig } from '../testing/inventory-rig.js';
import { orderFacts, parcelFacts, refundFacts } from '../testing/order-facts.js';

const clock = new FakeClock(new Date());
let rig: InventoryRig;
beforeAll(async () => { rig = await InventoryRig.start({}, clock); });
afterAll(() => rig[Symbol.asyncDispose]());

const parcelEvents = { shipped: parcelShipped, delivered: parcelDelivered, returned: parcelReturned } as const;

/** A confirmed order of five pieces: three from one warehouse, two from another, and none left anywhere. */
async function sold() {
  const shop = await rig.shop();
  const offerId = await rig.offer(shop, 3);
  const { id: second } = (await rig.mutate(shop.operator, 'openWarehouse', { name: 'Port', priority: 1 })) as unknown as { id: string };
  await rig.receive(shop.operator, offerId, second, 2);
  const [orderId, cartLineId] = [newId('ord'), newId('line')];
  await rig.reserve(shop, [{ lineId: cartLineId, offerId, quantity: 5 }], { orderId });
  await rig.say(orderConfirmed as never, shop, { ...orderFacts, orderId });
  const line = { orderLineId: 'x', cartLineId, offerId };
  return {
    parcel: (kind: keyof typeof parcelEvents, quantity: number, more: object = {}) => rig.say(parcelEvents[kind] as never, shop, { ...parcelFacts, orderId, lines: [{ ...line, quantity }], ...(kind === 'returned' && { reason: 'Refused.' }), ...more }),
    paidBack: (quantity: number) => rig.say(refundSucceeded as never, shop, { ...refundFacts, orderId, lines: [{ ...line, vendorOrderId: 'vord', quantity, amountMinor: 0, restock: true }] }),
    forSale: async () => (await rig.level(offerId)).available,
    counted: async () => (await rig.subgraph.query<Record<string, number>>('select sum(shipped)::int as shipped, sum(returned)::int as returned, sum(on_the_road)::int as road, sum(restock_waits)::int as waits from inventory.reservation_line where line_id = $1', [cartLineId]))[0],
  };
}

describe('pieces that are paid back to be sold again', () => {
  it('are not sold while they are on the road, and are once their courier brings them back', async () => {
    const { parcel, paidBack, forSale, counted } = await sold();
    await parcel('shipped', 5);
    await paidBack(4);
    expect(await forSale()).toBe(0);
    await parcel('returned', 3);
    expect(await forSale()).toBe(3);
    await parcel('returned', 2);
    expect([await forSale(), await counted()]).toEqual([5, { shipped: 5, returned: 5, road: 0, waits: 0 }]);
  });

  it('stay with the buyer who got them after that, and are not on the shelf', async () => {
    const { parcel, paidBack, forSale, counted } = await sold();
    await parcel('shipped', 5);
    await paidBack(2);
    clock.advance(1_000);
    await parcel('delivered', 5);
    expect([await forSale(), await counted()]).toEqual([0, { shipped: 5, returned: 0, road: 0, waits: 0 }]);
    await paidBack(1);
    expect(await forSale()).toBe(1);
  });

  it('are of those that the buyer has, where some are on the road still', async () => {
    const { parcel, paidBack, forSale } = await sold();
    await parcel('shipped', 2);
    await parcel('shipped', 3);
    await parcel('delivered', 2);
    clock.advance(1_000);
    await paidBack(5);
    expect(await forSale()).toBe(2);
    await parcel('returned', 3);
    expect(await forSale()).toBe(5);
  });

  it('are on the shelf though the news of it overtook the news that they left and that the buyer had them', async () => {
    const { parcel, paidBack, forSale, counted } = await sold();
    await paidBack(2);
    clock.advance(-60_000);
    await parcel('shipped', 5);
    expect(await forSale()).toBe(0);
    await parcel('delivered', 5);
    expect([await forSale(), await counted()]).toEqual([2, { shipped: 5, returned: 2, road: 0, waits: 0 }]);
    clock.advance(60_000);
  });

  it('are none that never left, nor those that come back broken', async () => {
    const { parcel, paidBack, forSale, counted } = await sold();
    await paidBack(5);
    clock.advance(1_000);
    await parcel('shipped', 5);
    await parcel('returned', 2, { damaged: true });
    await parcel('delivered', 3);
    expect([await forSale(), await counted()]).toEqual([0, { shipped: 5, returned: 2, road: 0, waits: 0 }]);
    expect(await rig.wrongLevels()).toEqual([]);
  });
});
