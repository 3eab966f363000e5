import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { AcceptVendorOrder, ShipmentLabel, ShipVendorOrder, type ShipmentPartsFragment } from '@haat/merchant-client/generated/operations';
import { obtain } from '../support/act.js';
import { orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { dataOf } from '../support/graph.js';
import { runOperation } from '../support/run-operation.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

describe('goods that are paid in cash and go by Pathao', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let shopper: Person;
  let merchant: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 5 });
    shopper = await newShopper(marketplace.door, 'acme', 'rahima');
    merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
  }, 120_000);
  afterAll(() => marketplace?.close());

  const pathao = () => {
    if (!marketplace.pathao) throw new Error('No Pathao runs.');
    return marketplace.pathao.desk;
  };
  const onHand = async (): Promise<number> => (await marketplace.query<{ n: number }>('select on_hand as n from inventory.stock_level where offer_id = $1', [shop.offers[0]?.offerId]))[0]?.n ?? -1;

  async function sentByPathao(): Promise<{ order: PlacedOrder; sent: ShipmentPartsFragment }> {
    const [offer] = shop.offers;
    if (!offer) throw new Error('There is no offer.');
    const cart = await readyCart(marketplace.door, shopper, [{ offer, quantity: 1 }]);
    const order = await place(marketplace.door, shopper, cart, { payWith: 'CASH_ON_DELIVERY' });
    await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED');
    const vendorOrderId = order.vendorOrders[0]?.id ?? '';
    await obtain(marketplace.door, merchant, AcceptVendorOrder, { vendorOrderId }, 'VendorOrder');
    // Shipping hears of it a moment later.
    const sent = await eventually(() => obtain(marketplace.door, merchant, ShipVendorOrder, { vendorOrderId, carrier: 'pathao', idempotencyKey: newId('req') }, 'Shipment'));
    return { order, sent };
  }

  it('have their label at once, and their cash comes to the books when they are handed over [SHP-06, SHP-07, PAY-21]', async () => {
    const { order, sent } = await sentByPathao();
    const consignment = pathao().consignments.get(sent.trackingId ?? '');
    expect(consignment?.amountToCollect).toBe(Math.round(order.totals.total.minor / 100));
    const { url } = await eventually(async () => (await runOperation(marketplace.door, merchant, ShipmentLabel, { id: sent.id })).shipment?.label);
    const fetched = await marketplace.door.fetch(url, { headers: { host: 'acme.localhost' } });
    expect([fetched.status, fetched.headers['content-type'], fetched.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);

    expect(pathao().walk(sent.trackingId ?? '', 'delivered')).toBe(true);
    await orderIn(marketplace.door, shopper, order.id, 'DELIVERED', 20_000);
    await eventually(async () => (await orderIn(marketplace.door, shopper, order.id, 'DELIVERED')).payment?.status === 'CAPTURED' || undefined);
    expect(await eventually(async () => ((await onHand()) === 4 ? 4 : undefined))).toBe(4);
    // Its sender alone is shown the label: the buyer's page does not ask for it, and would be told nothing.
    const { shipments: [seen] } = dataOf(await marketplace.door.ask<{ order: { vendorOrders: { shipments: { status: string; label: unknown }[] }[] } }>(shopper, 'query Seen($id: ID!) { order(id: $id) { vendorOrders { shipments { status label { url } } } } }', { id: order.id })).order.vendorOrders[0] ?? { shipments: [] };
    expect(seen).toEqual({ status: 'DELIVERED', label: null });
    expect(pathao().callbacks.sent.every(({ status, isIntegrated }) => status === 202 && isIntegrated)).toBe(true);
  });

  it('refused at the door come back: the order is over, nothing was collected, and the piece is on its shelf again', async () => {
    const { order, sent } = await sentByPathao();
    Object.assign(pathao().callbacks.manner, { times: 2, isHeld: true, isReversed: false });
    pathao().walk(sent.trackingId ?? '', 'returned');
    pathao().callbacks.release();
    const over = await orderIn(marketplace.door, shopper, order.id, 'CANCELLED', 20_000);
    expect(over.payment?.status).not.toBe('CAPTURED');
    expect(await eventually(async () => ((await onHand()) === 4 ? 4 : undefined))).toBe(4);
  });
});
