import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { RejectVendorOrder } from '@haat/merchant-client/generated/operations';
import { CreateCoupons, CreatePromotion, RefundPayment } from '@haat/operator-client/generated/operations';
import { ApplyCoupon, CancelOrder, OrderPage } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { asGuest, orderIn, place, readyCart, tryPlace, type PlacedOrder, type ReadyCart } from '../support/buy.js';
import { dataOf, type Asker } from '../support/graph.js';
import { levelIs, levelOf } from '../support/level-of.js';
import { paidIs, paidOf } from '../support/paid-of.js';
import { intentOf, payIntent } from '../support/pay-intent.js';
import { runOperation } from '../support/run-operation.js';
import { sendPart, track } from '../support/send-part.js';
import { signIn, type Person } from '../support/sign-in.js';
import { shopOfTwo, type BuyableOffer, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** How long news may take on a busy machine, in milliseconds. */
const heardWithinMs = 20_000;

describe('what was taken goes back', () => {
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

  /** A coupon that one order may use. */
  async function couponOnce(code: string): Promise<void> {
    const promotion = await obtain(marketplace.door, shop.operator, CreatePromotion, { name: code, class: 'ORDER', combinesWith: ['CATALOGUE'], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, 'Promotion');
    await obtain(marketplace.door, shop.operator, CreateCoupons, { promotionId: promotion.id, code, usesMax: 1 }, 'CreateCouponsSucceeded');
  }
  /** A guest's cart with so many pieces of each vendor. */
  async function cartOf(pieces: readonly [number, number], coupon?: string): Promise<{ buyer: Asker & { cartId: string }; cart: ReadyCart }> {
    const buyer = await asGuest(marketplace.door);
    const lines = [first, second].flatMap((offer, at) => (offer && pieces[at] ? [{ offer, quantity: pieces[at] }] : []));
    return { buyer, cart: await readyCart(marketplace.door, buyer, lines, { coupon }) };
  }
  async function paid(pieces: readonly [number, number]): Promise<{ buyer: Asker; order: PlacedOrder }> {
    const { buyer, cart } = await cartOf(pieces);
    const order = await place(marketplace.door, buyer, cart);
    await payIntent(marketplace, order, 'visa');
    await orderIn(marketplace.door, buyer, order.id, 'CONFIRMED', heardWithinMs);
    return { buyer, order };
  }
  const cancel = (buyer: Asker, { id }: PlacedOrder) => act(marketplace.door, buyer, CancelOrder, { orderId: id, reason: 'Changed my mind.', idempotencyKey: `cancel-${id}` });
  const levels = () => Promise.all([first, second].map((offer) => levelOf(marketplace, offer?.offerId ?? '')));
  const levelsAre = async (wanted: readonly object[]) => { for (const [at, offer] of [first, second].entries()) await levelIs(marketplace, offer?.offerId ?? '', wanted[at] ?? {}); };
  const partsOf = async (buyer: Asker, { id }: PlacedOrder) => (await runOperation(marketplace.door, buyer, OrderPage, { id })).order?.vendorOrders ?? [];
  /** The cart came back with its goods and its coupon, and can be ordered once more. */
  async function cartIsBack(buyer: Asker, cart: ReadyCart): Promise<void> {
    await levelIs(marketplace, first?.offerId ?? '', { reserved: 0 });
    const again = await orderAgain(buyer, cart);
    const { minor, currency } = again.totals.total;
    expect({ minor, currency }).toEqual(cart.total);
    await cancel(buyer, again);
  }
  const orderAgain = (buyer: Asker, cart: ReadyCart): Promise<PlacedOrder> => eventually(async () => {
    const outcome = await tryPlace(marketplace.door, buyer, cart);
    if (outcome.__typename !== 'Order' || outcome.status !== 'PENDING_PAYMENT') throw new Error(`The cart is not back: ${JSON.stringify(outcome)}`);
    return outcome;
  }, heardWithinMs);

  it('where an order is cancelled before it is paid: pieces, coupon and cart, and the payment is called off [ORD-09, INV-03]', async () => {
    await couponOnce('ONCE1');
    const before = await levels();
    const { buyer, cart } = await cartOf([2, 1], 'ONCE1');
    const order = await place(marketplace.door, buyer, cart);
    await levelsAre([{ reserved: 2 }, { reserved: 1 }]);
    expect(await cancel(buyer, order)).toMatchObject({ status: 'CANCELLED' });
    await levelsAre(before);
    const { status, captured, refunds } = await paidIs(marketplace.door, buyer, order.id, ({ attempts }) => attempts[0]?.status === 'CANCELLED');
    expect([status, captured.minor, refunds]).toEqual(['CANCELLED', 0, []]);
    await expect(marketplace.stripe?.control.pay(intentOf(order), 'visa')).rejects.toThrow();
    await cartIsBack(buyer, cart);
  });

  it('where it is paid at the moment it is cancelled: whatever was taken', async () => {
    const { buyer, cart } = await cartOf([1, 0]);
    const order = await place(marketplace.door, buyer, cart);
    const [, taken] = await Promise.all([cancel(buyer, order), payIntent(marketplace, order, 'visa').then(() => true, () => false)]);
    await orderIn(marketplace.door, buyer, order.id, 'CANCELLED', heardWithinMs);
    const total = taken ? order.totals.total.minor : 0;
    await paidIs(marketplace.door, buyer, order.id, ({ captured, refunded }) => captured.minor === total && refunded.minor === total);
  });

  it('where it is cancelled after it was paid: the money too, once [ORD-09, PAY-13]', async () => {
    await couponOnce('ONCE2');
    const { buyer, cart } = await cartOf([2, 1], 'ONCE2');
    await levelsAre([{ reserved: 0 }, { reserved: 0 }]);
    const before = await levels();
    const order = await place(marketplace.door, buyer, cart);
    await payIntent(marketplace, order, 'visa');
    await orderIn(marketplace.door, buyer, order.id, 'CONFIRMED', heardWithinMs);
    const other = await cartOf([1, 0]);
    expect(await act(marketplace.door, other.buyer, ApplyCoupon, { cartId: other.cart.cartId, code: 'ONCE2' })).toMatchObject({ reason: 'USED_UP' });
    expect(await cancel(buyer, order)).toMatchObject({ status: 'CANCELLED' });
    expect(await cancel(buyer, order)).toMatchObject({ status: 'CANCELLED' });
    const refunded = await paidIs(marketplace.door, buyer, order.id, ({ status }) => status === 'REFUNDED');
    expect(refunded).toMatchObject({ captured: order.totals.total, refunded: order.totals.total });
    expect(refunded.events.filter(({ kind }) => kind === 'REFUND_SUCCESS').length).toBe(refunded.refunds.length);
    await levelsAre(before);
    await cartIsBack(buyer, cart);
  });

  it('where one vendor rejects its part: its share alone, and the rest is sent [ORD-06, PAY-13]', async () => {
    await levelsAre([{ reserved: 0 }, { reserved: 0 }]);
    const before = await levels();
    const { buyer, order } = await paid([1, 2]);
    const [kept, lost] = await partsOf(buyer, order);
    expect(await act(marketplace.door, merchant, RejectVendorOrder, { vendorOrderId: lost?.id ?? '', reason: 'Broken in the store.', idempotencyKey: newId('req') })).toMatchObject({ status: 'CANCELLED' });
    const share = lost?.totals.total.minor ?? 0;
    await paidIs(marketplace.door, buyer, order.id, ({ status, refunded }) => status === 'PARTIALLY_REFUNDED' && refunded.minor === share);
    await levelIs(marketplace, second?.offerId ?? '', before[1] ?? {});
    await track(marketplace.door, merchant, await sendPart(marketplace.door, merchant, kept?.id ?? ''), ['PICKED_UP', 'DELIVERED']);
    await orderIn(marketplace.door, buyer, order.id, 'DELIVERED', heardWithinMs);
    expect((await partsOf(buyer, order)).map(({ status }) => status)).toEqual(['DELIVERED', 'CANCELLED']);
    expect((await paidOf(marketplace.door, buyer, order.id)).refunded.minor).toBe(share);
    expect((await act(marketplace.door, buyer, CancelOrder, { orderId: order.id, idempotencyKey: newId('req') })).__typename).toBe('OrderNotCancellable');
  });

  it('where pieces of a line are paid back: what they cost, and onto the shelf [PAY-13]', async () => {
    const { buyer, order } = await paid([3, 0]);
    const [part] = await partsOf(buyer, order);
    await track(marketplace.door, merchant, await sendPart(marketplace.door, merchant, part?.id ?? ''), ['PICKED_UP', 'DELIVERED']);
    await orderIn(marketplace.door, buyer, order.id, 'DELIVERED', heardWithinMs);
    await levelIs(marketplace, first?.offerId ?? '', { allocated: 0 });
    const { onHand } = await levelOf(marketplace, first?.offerId ?? '');
    const line = part?.lines[0];
    const asked = (quantity: number, idempotencyKey: string) => ({ paymentId: order.payment?.id ?? '', lines: [{ orderLineId: line?.id ?? '', quantity, restock: true }], reason: 'One was torn.', idempotencyKey });
    const refund = (quantity: number, idempotencyKey: string = newId('req')) => act(marketplace.door, shop.operator, RefundPayment, asked(quantity, idempotencyKey));
    const done = await obtain(marketplace.door, shop.operator, RefundPayment, asked(1, 'torn-piece'), 'Refund');
    expect(done).toMatchObject({ amount: { minor: Math.round((line?.total.minor ?? 0) / 3) }, lines: [{ orderLineId: line?.id, quantity: 1, restock: true }] });
    expect(await refund(1, 'torn-piece')).toMatchObject({ id: done.id });
    expect(await refund(3)).toMatchObject({ __typename: 'RefundTooLarge' });
    await levelIs(marketplace, first?.offerId ?? '', { onHand: onHand + 1 });
    await refund(2);
    await paidIs(marketplace.door, buyer, order.id, ({ refunded }) => refunded.minor === line?.total.minor);
    await levelIs(marketplace, first?.offerId ?? '', { onHand: onHand + 3 });
    const { refunds } = await paidOf(marketplace.door, buyer, order.id);
    expect(refunds.map(({ status, lines }) => [status, lines[0]?.quantity])).toEqual([['SUCCEEDED', 1], ['SUCCEEDED', 2]]);
  });

  it('and shops show it: what can be bought, of whom, and that nothing can, from the hold until it is back [CAT-09, INV-09, SRCH-02]', async () => {
    const own = await shopOfTwo(marketplace, { pieces: 2 });
    const [cheap, dear] = own.offers.map(({ offerId }) => offerId);
    const variantText = 'query($id: ID!) { offer(id: $id) { variant { product { id title inStock } bestOffer { id availability { inStock } } offers { nodes { id availability { available inStock } } } } } }';
    const shown = async () => {
      const { variant } = dataOf(await marketplace.door.ask<{ offer: { variant: Shown } }>({ tenant: 'acme' }, variantText, { id: dear })).offer;
      const { search } = dataOf(await marketplace.door.ask<{ search: { totalCount: number } }>({ tenant: 'acme' }, 'query($q: String!) { search(query: $q, filter: { inStock: true }) { totalCount } }', { q: variant.product.title }));
      const left = [cheap, dear].map((id) => variant.offers.nodes.find((offer) => offer.id === id)?.availability);
      return { best: variant.bestOffer?.id, left: left.map((one) => one?.available), canBuy: [...left.map((one) => one?.inStock), variant.bestOffer?.availability.inStock, variant.product.inStock, search.totalCount === 1] };
    };
    const shows = (best: string | undefined, left: readonly number[], isAny = left.some((pieces) => pieces > 0)) =>
      eventually(async () => expect(await shown()).toEqual({ best, left, canBuy: [...left.map((pieces) => pieces > 0), isAny, isAny, isAny] }), heardWithinMs);
    const ordered = async (offer: BuyableOffer | undefined) => {
      const buyer = await asGuest(marketplace.door);
      if (!offer) throw new Error('There are not two offers.');
      return { buyer, order: await place(marketplace.door, buyer, await readyCart(marketplace.door, buyer, [{ offer, quantity: 2 }])) };
    };
    await shows(cheap, [2, 2]);
    const sold = await ordered(own.offers[0]);
    await shows(dear, [0, 2]);
    await levelIs(marketplace, cheap ?? '', { onHand: 2, reserved: 2, allocated: 0 });
    await payIntent(marketplace, sold.order, 'visa');
    await levelIs(marketplace, cheap ?? '', { onHand: 2, reserved: 0, allocated: 2 });
    const unpaid = await ordered(own.offers[1]);
    await shows(cheap, [0, 0]);
    await cancel(unpaid.buyer, unpaid.order);
    await shows(dear, [0, 2]);
    const [part] = await partsOf(sold.buyer, sold.order);
    await track(marketplace.door, merchant, await sendPart(marketplace.door, merchant, part?.id ?? ''), ['PICKED_UP']);
    await levelIs(marketplace, cheap ?? '', { onHand: 0, reserved: 0, allocated: 0 });
    await shows(dear, [0, 2]);
  });
});

interface Shown {
  readonly product: { readonly id: string; readonly title: string; readonly inStock: boolean | null };
  readonly bestOffer: { readonly id: string; readonly availability: { readonly inStock: boolean } } | null;
  readonly offers: { readonly nodes: readonly { readonly id: string; readonly availability: { readonly available: number; readonly inStock: boolean } }[] };
}
