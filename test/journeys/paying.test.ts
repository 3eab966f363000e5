import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetPrices, ShipmentPage } from '@haat/merchant-client/generated/operations';
import { RestoreVendor, SuspendVendor } from '@haat/operator-client/generated/operations';
import { CancelOrder, RemoveCartLine, RetryPayment, type PlaceOrderInput } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { asGuest, checkoutOf, orderIn, orderOf, place, readyCart, tryPlace, type PlacedOrder, type ReadyCart } from '../support/buy.js';
import type { Asker } from '../support/graph.js';
import { levelIs, levelOf } from '../support/level-of.js';
import { paidIs, paidOf } from '../support/paid-of.js';
import { intentOf, payIntent } from '../support/pay-intent.js';
import { runOperation } from '../support/run-operation.js';
import { sendPart, track } from '../support/send-part.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { shopOfTwo, type BuyableOffer, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** How long news may take on a busy machine, in milliseconds. */
const heardWithinMs = 20_000;

describe('somebody pays', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let merchant: Person;
  let [first, second]: BuyableOffer[] = [];
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 20 });
    [first, second] = shop.offers;
    merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
  }, 120_000);
  afterAll(() => marketplace?.close());

  const offerId = (): string => first?.offerId ?? '';
  const control = () => {
    if (!marketplace.stripe) throw new Error('Nobody stands in for Stripe.');
    return marketplace.stripe.control;
  };
  async function cartOf(offers: readonly (BuyableOffer | undefined)[], buyer?: Asker): Promise<{ buyer: Asker; cart: ReadyCart }> {
    const who = buyer ?? await asGuest(marketplace.door);
    return { buyer: who, cart: await readyCart(marketplace.door, who, offers.flatMap((offer) => (offer ? [{ offer, quantity: 1 }] : []))) };
  }
  async function ordered(input: Partial<PlaceOrderInput> = {}): Promise<{ buyer: Asker; order: PlacedOrder }> {
    const { buyer, cart } = await cartOf([first]);
    return { buyer, order: await place(marketplace.door, buyer, cart, input) };
  }
  const confirmed = (buyer: Asker, { id }: PlacedOrder) => orderIn(marketplace.door, buyer, id, 'CONFIRMED', heardWithinMs);
  const kinds = async (buyer: Asker, { id }: PlacedOrder) => (await paidOf(marketplace.door, buyer, id)).events.map(({ kind }) => kind);

  it('by a card that is declined, then by another, and is charged once [PAY-02, PAY-11]', async () => {
    const { buyer, order } = await ordered();
    await payIntent(marketplace, order, 'chargeDeclinedInsufficientFunds');
    await paidIs(marketplace.door, buyer, order.id, ({ events }) => events.some(({ kind }) => kind === 'CHARGE_FAILURE'));
    expect(await orderOf(marketplace.door, buyer, order.id)).toMatchObject({ status: 'PENDING_PAYMENT' });
    const again = await obtain(marketplace.door, buyer, RetryPayment, { paymentId: order.payment?.id ?? '', idempotencyKey: `again-${order.id}` }, 'Payment');
    expect(again).toMatchObject({ id: order.payment?.id, status: 'FAILED', clientSecret: order.payment?.clientSecret });
    await payIntent(marketplace, { payment: again }, 'mastercard');
    await confirmed(buyer, order);
    const paid = await paidOf(marketplace.door, buyer, order.id);
    expect(paid).toMatchObject({ status: 'CAPTURED', captured: order.totals.total, refunded: { minor: 0 } });
    expect(paid.events.filter(({ kind }) => kind === 'CHARGE_SUCCESS')).toHaveLength(1);
  });

  it('by a card whose bank asks first, and says yes', async () => {
    const { buyer, order } = await ordered();
    await payIntent(marketplace, order, 'threeDSecure2Required');
    const waiting = await paidIs(marketplace.door, buyer, order.id, ({ nextAction }) => nextAction);
    expect(waiting).toMatchObject({ status: 'REQUIRES_ACTION', captured: { minor: 0 } });
    expect((await orderOf(marketplace.door, buyer, order.id)).status).toBe('PENDING_PAYMENT');
    await control().authenticate(intentOf(order), true);
    expect((await confirmed(buyer, order)).payment).toMatchObject({ status: 'CAPTURED' });
  });

  it('by a card whose bank says no: nothing is charged, the pieces stay held, and another card pays', async () => {
    const { buyer, order } = await ordered();
    const { reserved } = await levelOf(marketplace, offerId());
    await payIntent(marketplace, order, 'threeDSecure2Required');
    await control().authenticate(intentOf(order), false);
    await paidIs(marketplace.door, buyer, order.id, ({ events }) => events.some(({ kind }) => kind === 'CHARGE_FAILURE'));
    expect(await paidOf(marketplace.door, buyer, order.id)).toMatchObject({ captured: { minor: 0 } });
    expect((await levelOf(marketplace, offerId())).reserved).toBe(reserved);
    await payIntent(marketplace, order, 'visa');
    await confirmed(buyer, order);
    expect((await kinds(buyer, order)).filter((kind) => kind === 'CHARGE_SUCCESS')).toHaveLength(1);
  });

  it('in cash at the door: collected when it is handed over [PAY-21]', async () => {
    const { onHand } = await levelOf(marketplace, offerId());
    const { buyer, order } = await ordered({ payWith: 'CASH_ON_DELIVERY' });
    expect((await confirmed(buyer, order)).payment).toMatchObject({ status: 'PENDING_COLLECTION', clientSecret: null });
    const shipmentId = await sendPart(marketplace.door, merchant, order.vendorOrders[0]?.id ?? '');
    const { shipment } = await runOperation(marketplace.door, merchant, ShipmentPage, { id: shipmentId });
    expect(shipment?.parcels.map(({ amountToCollect }) => amountToCollect)).toEqual([order.totals.total]);
    await track(marketplace.door, merchant, shipmentId, ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED']);
    await orderIn(marketplace.door, buyer, order.id, 'DELIVERED', heardWithinMs);
    await paidIs(marketplace.door, buyer, order.id, ({ status, captured }) => status === 'CAPTURED' && captured.minor === order.totals.total.minor);
    await levelIs(marketplace, offerId(), { onHand: onHand - 1 });
  });

  it('nothing at the door, and refuses the parcel: it comes back, and its pieces are on the shelf again', async () => {
    const before = await levelOf(marketplace, offerId());
    const { buyer, order } = await ordered({ payWith: 'CASH_ON_DELIVERY' });
    await confirmed(buyer, order);
    const shipmentId = await sendPart(marketplace.door, merchant, order.vendorOrders[0]?.id ?? '');
    await track(marketplace.door, merchant, shipmentId, ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED', 'RETURNING', 'RETURNED']);
    await orderIn(marketplace.door, buyer, order.id, 'CANCELLED', heardWithinMs);
    await paidIs(marketplace.door, buyer, order.id, ({ status, captured, refunded }) => status === 'CANCELLED' && captured.minor === 0 && refunded.minor === 0);
    await levelIs(marketplace, offerId(), before);
  });

  it('for the last piece: the next one is told that none is left, and gets it once the first gives it up [INV-02, INV-03]', async () => {
    const { offers: [last] } = await shopOfTwo(marketplace, { pieces: 1, vendors: ['padma-crafts'] });
    const [one, two] = [await cartOf([last]), await cartOf([last])];
    const held = await place(marketplace.door, one.buyer, one.cart);
    expect(await tryPlace(marketplace.door, two.buyer, two.cart)).toMatchObject({ __typename: 'OutOfStock', lines: [{ requested: 1, available: 0 }] });
    expect(await act(marketplace.door, one.buyer, CancelOrder, { orderId: held.id, idempotencyKey: `give-up-${held.id}` })).toMatchObject({ status: 'CANCELLED' });
    await levelIs(marketplace, last?.offerId ?? '', { available: 1, reserved: 0 });
    const order = await place(marketplace.door, two.buyer, two.cart);
    await payIntent(marketplace, order, 'visa');
    await confirmed(two.buyer, order);
    await levelIs(marketplace, last?.offerId ?? '', { onHand: 1, allocated: 1, reserved: 0, available: 0 });
    // The cart that came back is told beforehand what stands in its way.
    const { problems } = await checkoutOf(marketplace.door, one.buyer, one.cart.cartId);
    expect(problems?.map(({ code }) => code)).toEqual(['OUT_OF_STOCK']);
  });

  it('only for what is still sold, where a vendor was suspended with its goods in the cart [CART-08, VEN-01]', async () => {
    const { buyer, cart } = await cartOf([first, second], await newShopper(marketplace.door, 'acme', 'karim'));
    const before = await levelOf(marketplace, offerId());
    const vendorId = second?.vendorId ?? '';
    await obtain(marketplace.door, shop.operator, SuspendVendor, { vendorId, reason: 'Complaints.' }, 'Vendor');
    expect(await tryPlace(marketplace.door, buyer, cart)).toMatchObject({ __typename: 'VendorClosed' });
    expect(await levelOf(marketplace, offerId())).toEqual(before);
    const seen = await checkoutOf(marketplace.door, buyer, cart.cartId);
    expect(seen.problems?.map(({ code }) => code)).toEqual(['VENDOR_CLOSED']);
    const { totals } = await obtain(marketplace.door, buyer, RemoveCartLine, { cartId: cart.cartId, lineId: seen.lines.find((line) => line.offerId === second?.offerId)?.id ?? '' }, 'Cart');
    const order = await place(marketplace.door, buyer, { ...cart, total: { currency: 'BDT', minor: totals?.total.minor ?? 0 } });
    expect(order.vendorOrders.map(({ vendor }) => vendor?.id)).toEqual([first?.vendorId]);
    await obtain(marketplace.door, shop.operator, RestoreVendor, { vendorId }, 'Vendor');
  });

  it('what was shown and nothing else: a price that changed meanwhile stops the order, and nothing is held [CART-07]', async () => {
    const { buyer, cart } = await cartOf([first]);
    const before = await levelOf(marketplace, offerId());
    await obtain(marketplace.door, merchant, SetPrices, { rows: [{ offerId: offerId(), currency: 'BDT', minor: 120_000 }] }, 'SetPricesSucceeded');
    const changed = await tryPlace(marketplace.door, buyer, cart);
    expect(changed).toMatchObject({ __typename: 'PriceChanged', actual: { minor: cart.total.minor + 20_000 } });
    expect(await levelOf(marketplace, offerId())).toEqual(before);
    const [orders] = await marketplace.query<{ n: number }>('select count(*)::int as n from orders.placed_order where cart_id = $1', [cart.cartId]);
    expect(orders?.n).toBe(0);
    const order = await place(marketplace.door, buyer, { ...cart, total: { ...cart.total, minor: cart.total.minor + 20_000 } });
    expect(order.totals.total.minor).toBe(cart.total.minor + 20_000);
  });
});
