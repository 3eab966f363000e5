import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { dataOf } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import { payIntent } from '../support/pay-intent.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

interface Level { readonly onHand: number; readonly allocated: number; readonly reserved: number; readonly available: number }

describe('a shopper who buys from two vendors in one checkout', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let shopper: Person;
  let merchant: Person;
  let order: PlacedOrder;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 10 });
    shopper = await newShopper(marketplace.door, 'acme', 'rahima');
    merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
  }, 120_000);
  afterAll(() => marketplace?.close());

  const ask = async <D>(asker: Person, query: string, variables: Record<string, unknown> = {}): Promise<D> => dataOf(await marketplace.door.ask<D>(asker, query, variables));
  const levelOf = async (offerId: string): Promise<Level> => (await marketplace.query<Level>('select on_hand as "onHand", allocated, reserved, available from inventory.stock_level where offer_id = $1', [offerId]))[0] as Level;

  it('finds one order with a part for each vendor, priced with the coupon, and its stock held [ORD-01, ORD-06, CART-06]', async () => {
    const act = (field: string, input: Record<string, unknown>, select: string) => mutate(marketplace.door, shop.operator, field, input, select);
    const promotion = await act('createPromotion', { name: 'Ten off', class: 'ORDER', combinesWith: ['CATALOGUE'], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, '... on Promotion { id }');
    await act('createCoupons', { promotionId: promotion['id'], code: 'TENOFF' }, '... on CreateCouponsSucceeded { coupons { code } }');
    const [first, second] = shop.offers;
    if (!first || !second) throw new Error('There are not two offers.');
    const cart = await readyCart(marketplace.door, shopper, [{ offer: first, quantity: 2 }, { offer: second, quantity: 1 }], { coupon: 'TENOFF' });
    const key = newId('req');
    order = await place(marketplace.door, shopper, cart, { idempotencyKey: key });
    expect(order).toMatchObject({ status: 'PENDING_PAYMENT', totals: { total: cart.total }, payment: { status: 'REQUIRES_ACTION' } });
    expect(order.vendorOrders.map(({ vendor }) => vendor.id)).toEqual([first.vendorId, second.vendorId]);
    expect((await place(marketplace.door, shopper, cart, { idempotencyKey: key })).id).toBe(order.id);
    expect(await levelOf(first.offerId)).toMatchObject({ onHand: 10, reserved: 2, available: 8 });
  });

  it('pays once, and the order is confirmed, its stock allocated, each merchant\'s part to be accepted [PAY-01, PAY-04, ORD-14]', async () => {
    await payIntent(marketplace, order, 'visa');
    order = await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED');
    expect(order.payment).toMatchObject({ status: 'CAPTURED' });
    await eventually(async () => (await levelOf(shop.offers[0]?.offerId ?? '')).allocated === 2 || undefined);
    const { vendorOrders } = await ask<{ vendorOrders: { nodes: { id: string; order: unknown; status: string; commission: { net: { minor: number } } }[] } }>(merchant,
      'query($vendorId: ID!) { vendorOrders(vendorId: $vendorId) { nodes { id status order { id } commission { net { minor } } } } }', { vendorId: shop.offers[0]?.vendorId });
    expect(vendorOrders.nodes).toEqual([{ id: order.vendorOrders[0]?.id, status: 'CONFIRMED', order: null, commission: { net: { minor: expect.any(Number) } } }]);
  });

  it('sees both parts accepted, shipped with a number to follow, and delivered [ORD-04, ORD-11, SHP-05]', async () => {
    for (const { id: vendorOrderId } of order.vendorOrders) {
      expect(await mutate(marketplace.door, merchant, 'acceptVendorOrder', { vendorOrderId }, '... on VendorOrder { status }')).toMatchObject({ status: 'PROCESSING' });
      // Shipping hears of it a moment later.
      const shipped = await eventually(async () => {
        const outcome = await mutate(marketplace.door, merchant, 'shipVendorOrder', { vendorOrderId, idempotencyKey: newId('req') }, '... on Shipment { id status } ... on Problem { message }');
        return outcome.__typename === 'Shipment' ? outcome : undefined;
      });
      for (const status of ['PICKED_UP', 'DELIVERED']) await eventually(async () => (await mutate(marketplace.door, merchant, 'recordTracking', { shipmentId: shipped['id'], status }, '... on Shipment { status } ... on Problem { message }')).__typename === 'Shipment' || undefined);
    }
    order = await orderIn(marketplace.door, shopper, order.id, 'DELIVERED');
    expect(order.vendorOrders.map(({ status }) => status)).toEqual(['DELIVERED', 'DELIVERED']);
    await eventually(async () => {
      const level = await levelOf(shop.offers[0]?.offerId ?? '');
      return (level.onHand === 8 && level.allocated === 0 && level.reserved === 0) || undefined;
    });
  });

  it('has an invoice of each vendor, and the merchants their packing slips [ORD-10]', async () => {
    const invoices = await eventually(async () => {
      const read = await ask<{ order: { invoices: { url: string; number: string }[] } }>(shopper, 'query($id: ID!) { order(id: $id) { invoices { url number } } }', { id: order.id });
      return read.order.invoices.length === 2 ? read.order.invoices : undefined;
    });
    const fetched = await marketplace.door.fetch(invoices[0]?.url ?? '', { headers: { host: 'acme.localhost' } });
    expect([fetched.status, fetched.headers['content-type'], fetched.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
  });
});
