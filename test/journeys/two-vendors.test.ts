import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { AcceptVendorOrder, RecordTracking, ShipVendorOrder, VendorOrderPage, VendorOrders } from '@haat/merchant-client/generated/operations';
import { CreateCoupons, CreatePromotion } from '@haat/operator-client/generated/operations';
import { CancelOrder, MarkNotificationsRead, MyNotifications, NotificationArrived, OrderChanged, OrderInvoices } from '@haat/storefront-client/generated/operations';
import type { DataOf } from '@haat/schema/clients/typed-operation';
import { transport, type Transport } from '@haat/transport-client/transport';
import type { LiveReading } from '@haat/transport-client/live-feed';
import { obtain } from '../support/act.js';
import { orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { dataOf } from '../support/graph.js';
import { levelIs, levelOf } from '../support/level-of.js';
import { payIntent } from '../support/pay-intent.js';
import { runOperation } from '../support/run-operation.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

describe('a shopper who buys from two vendors in one checkout', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let shopper: Person;
  let merchant: Person;
  let order: PlacedOrder;
  let live: Transport;
  let watching: LiveReading<DataOf<typeof OrderChanged>>;
  let listening: LiveReading<DataOf<typeof NotificationArrived>>;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 10 });
    shopper = await newShopper(marketplace.door, 'acme', 'rahima');
    merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
  }, 120_000);
  afterAll(async () => {
    live?.close();
    await marketplace?.close();
  });

  /** The first payload that shows what is looked for. */
  async function shown<D>(feed: LiveReading<D>, isIt: (data: D) => boolean): Promise<D> {
    for await (const { data, errors } of feed) {
      expect(errors).toBeUndefined();
      if (data && isIt(data)) return data;
    }
    throw new Error('It ended, and did not show it.');
  }

  it('finds one order with a part for each vendor, priced with the coupon, and its stock held [ORD-01, ORD-06, CART-06]', async () => {
    const { door } = marketplace;
    const promotion = await obtain(door, shop.operator, CreatePromotion, { name: 'Ten off', class: 'ORDER', combinesWith: ['CATALOGUE'], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, 'Promotion');
    await obtain(door, shop.operator, CreateCoupons, { promotionId: promotion.id, code: 'TENOFF' }, 'CreateCouponsSucceeded');
    const [first, second] = shop.offers;
    if (!first || !second) throw new Error('There are not two offers.');
    const cart = await readyCart(door, shopper, [{ offer: first, quantity: 2 }, { offer: second, quantity: 1 }], { coupon: 'TENOFF' });
    const key = newId('req');
    order = await place(door, shopper, cart, { idempotencyKey: key });
    expect(order).toMatchObject({ status: 'PENDING_PAYMENT', totals: { total: cart.total }, payment: { status: 'REQUIRES_ACTION' } });
    expect(order.vendorOrders.map(({ vendor }) => vendor?.id)).toEqual([first.vendorId, second.vendorId]);
    expect((await place(door, shopper, cart, { idempotencyKey: key })).id).toBe(order.id);
    expect(await levelOf(marketplace, first.offerId)).toMatchObject({ onHand: 10, reserved: 2, available: 8 });
  });

  it('pays once, and the order is confirmed, its stock allocated, each merchant\'s part to be accepted [PAY-01, PAY-04, ORD-14]', async () => {
    live = transport({ url: `${marketplace.url}/graphql`, token: () => shopper.token, headers: { 'x-haat-tenant': shopper.tenant } });
    [watching, listening] = [live.live(OrderChanged, { orderId: order.id }), live.live(NotificationArrived, {})];
    await eventually(() => watching.cursor !== undefined && listening.cursor !== undefined);
    await payIntent(marketplace, order, 'visa');
    order = await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED');
    expect(order.payment).toMatchObject({ status: 'CAPTURED' });
    await levelIs(marketplace, shop.offers[0]?.offerId ?? '', { allocated: 2 });
    const id = order.vendorOrders[0]?.id ?? '';
    const { vendorOrders } = await runOperation(marketplace.door, merchant, VendorOrders, { vendorId: shop.offers[0]?.vendorId ?? '' });
    expect(vendorOrders?.nodes.map((part) => [part.id, part.status])).toEqual([[id, 'CONFIRMED']]);
    expect((await runOperation(marketplace.door, merchant, VendorOrderPage, { id })).vendorOrder).toMatchObject({ id, status: 'CONFIRMED', commission: { net: { minor: expect.any(Number) } } });
    // What the merchant's own page never asks for is not told either: the other vendors' parts.
    expect(dataOf(await marketplace.door.ask(merchant, 'query($id: ID!) { vendorOrder(id: $id) { order { id } } }', { id }))).toEqual({ vendorOrder: { order: null } });
  });

  it('saw that as it happened, and was told so [GW-16, NOT-04]', async () => {
    expect(await shown(watching, ({ orderChanged }) => orderChanged.status === 'CONFIRMED')).toMatchObject({ orderChanged: { id: order.id, payment: { status: 'CAPTURED' } } });
    const { notificationArrived: told } = await shown(listening, ({ notificationArrived: { kind } }) => kind === 'ORDER_PAID');
    expect(told).toMatchObject({ orderId: order.id, title: expect.stringContaining(order.number), readAt: null });
    await obtain(marketplace.door, shopper, MarkNotificationsRead, { upTo: told.id }, 'MarkNotificationsReadSucceeded');
    const { viewer } = await runOperation(marketplace.door, shopper, MyNotifications, {});
    expect(viewer?.user?.notifications?.nodes.find((one) => one?.id === told.id)?.readAt).toEqual(expect.any(String));
  });

  it('sees both parts accepted, shipped with a number to follow, and delivered [ORD-04, ORD-11, SHP-05]', async () => {
    for (const { id: vendorOrderId } of order.vendorOrders) {
      expect(await obtain(marketplace.door, merchant, AcceptVendorOrder, { vendorOrderId }, 'VendorOrder')).toMatchObject({ status: 'PROCESSING' });
      // Shipping hears of it a moment later.
      const { id: shipmentId } = await eventually(() => obtain(marketplace.door, merchant, ShipVendorOrder, { vendorOrderId, idempotencyKey: newId('req') }, 'Shipment'));
      await eventually(() => obtain(marketplace.door, merchant, RecordTracking, { shipmentId, status: 'PICKED_UP' }, 'Shipment'));
      // Orders let it leave, and so knows of it at once: nobody is paid back for what is on its way.
      await obtain(marketplace.door, shopper, CancelOrder, { orderId: order.id, idempotencyKey: newId('req') }, 'OrderNotCancellable');
      await eventually(() => obtain(marketplace.door, merchant, RecordTracking, { shipmentId, status: 'DELIVERED' }, 'Shipment'));
    }
    order = await orderIn(marketplace.door, shopper, order.id, 'DELIVERED');
    expect(order.vendorOrders.map(({ status }) => status)).toEqual(['DELIVERED', 'DELIVERED']);
    await levelIs(marketplace, shop.offers[0]?.offerId ?? '', { onHand: 8, allocated: 0, reserved: 0 });
  });

  it('has an invoice of each vendor, and the merchants their packing slips [ORD-10]', async () => {
    const invoices = await eventually(async () => {
      const read = (await runOperation(marketplace.door, shopper, OrderInvoices, { id: order.id })).order?.invoices;
      return read?.length === 2 ? read : undefined;
    });
    const fetched = await marketplace.door.fetch(invoices[0]?.url ?? '', { headers: { host: 'acme.localhost' } });
    expect([fetched.status, fetched.headers['content-type'], fetched.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
  });
});
