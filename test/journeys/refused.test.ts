import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { ChangeStoreSettings, ShipmentLabel, VendorOrderPage } from '@haat/merchant-client/generated/operations';
import { ChangePaymentSettings } from '@haat/operator-client/generated/operations';
import { obtain, type InputOf } from '../support/act.js';
import { asGuest, checkoutOf, dhaka, orderIn, place, readyCart, type PlacedOrder, type ReadyCart } from '../support/buy.js';
import { codeOf, type Asker } from '../support/graph.js';
import { levelIs } from '../support/level-of.js';
import { tryMutate } from '../support/mutate.js';
import { payIntent } from '../support/pay-intent.js';
import { runOperation } from '../support/run-operation.js';
import { sendPart } from '../support/send-part.js';
import { signIn, type Person } from '../support/sign-in.js';
import { shopOfTwo, type BuyableOffer, type ShopOfTwo } from '../support/shop-of-two.js';
import { taken } from '../support/taken.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

type Buyer = Asker & { readonly cartId: string };

/** A mutation with an input that must not be taken, and what it is answered: a code, or a member of its result with why. */
type Bad = readonly [title: string, field: string, input: Record<string, unknown>, answer: string];

const million = 1_000_000;
const billion = 1_000 * million;

describe('what cannot be taken is refused by name, and writes nothing', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let merchant: Person;
  let [first, second]: BuyableOffer[] = [];
  let buyer: Buyer;
  let stranger: Buyer;
  let cart: ReadyCart;
  let lineId: string;
  let order: PlacedOrder;
  let shipmentId: string;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 20 });
    [first, second] = shop.offers;
    merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
    const payer = await asGuest(marketplace.door);
    order = await place(marketplace.door, payer, await readyCart(marketplace.door, payer, lines(first, second)));
    await payIntent(marketplace, order, 'visa');
    await orderIn(marketplace.door, payer, order.id, 'CONFIRMED', 20_000);
    shipmentId = await sendPart(marketplace.door, merchant, order.vendorOrders[0]?.id ?? '');
    await levelIs(marketplace, second?.offerId ?? '', { allocated: 1, reserved: 0 });
    // Its label is made in the background.
    await eventually(async () => (await runOperation(marketplace.door, merchant, ShipmentLabel, { id: shipmentId })).shipment?.label, 20_000);
    [buyer, stranger] = [await asGuest(marketplace.door), await asGuest(marketplace.door)];
    cart = await readyCart(marketplace.door, buyer, lines(first));
    lineId = (await cartOf(buyer)).lines[0]?.id ?? '';
  }, 120_000);
  afterAll(() => marketplace?.close());

  const lines = (...offers: (BuyableOffer | undefined)[]) => offers.flatMap((offer) => (offer ? [{ offer, quantity: 1 }] : []));
  const cartOf = (who: Buyer) => checkoutOf(marketplace.door, who, who.cartId);

  /** What a wish comes to, in a word or two: the code of its refusal, or the result with its reason. */
  async function answerTo(who: Asker, field: string, input: Record<string, unknown>): Promise<string> {
    const select = `... on Problem { message } ${reasons[field] ?? ''}`;
    const answer = await tryMutate(marketplace.door, who, field, input, select);
    const outcome = answer.data?.[field];
    if (!outcome) return String(codeOf(answer));
    const why = outcome['reason'] ?? outcome['notOpen'] ?? (outcome['problems'] as { code: string }[] | undefined)?.map(({ code }) => code).join(' ');
    return why ? `${outcome.__typename} ${String(why)}` : outcome.__typename;
  }
  const reasons: Record<string, string> = {
    addCartLines: '... on OfferUnavailable { reason } ... on CartNotOpen { notOpen: reason }', applyCoupon: '... on CouponRejected { reason }', placeOrder: '... on CartNotReady { problems { code } }',
    setPrices: '... on PricesRefused { problems { code } }', shipVendorOrder: '... on NothingToShip { reason }',
  };
  async function refusesAll(who: Asker, all: readonly Bad[]): Promise<void> {
    const before = await taken(marketplace);
    const answers: [string, string][] = [];
    for (const [title, field, input] of all) answers.push([`${field}: ${title}`, await answerTo(who, field, input)]);
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(all.map(([title, field, , answer]) => [`${field}: ${title}`, answer])));
    expect(await taken(marketplace)).toEqual(before);
  }

  it('in a cart: pieces, offers, addresses, coupons and people [CART-01]', async () => {
    const { cartId } = buyer;
    const offerId = first?.offerId;
    const add = (title: string, quantity: unknown, answer: string): Bad => [title, 'addCartLines', { cartId, lines: [{ offerId, quantity }] }, answer];
    const change = (title: string, quantity: unknown, answer: string): Bad => [title, 'changeCartLine', { cartId, lineId, quantity }, answer];
    const send = (title: string, parts: object, answer: string): Bad => [title, 'setCartAddress', { cartId, shipping: { ...dhaka, ...parts } }, answer];
    await refusesAll(buyer, [
      add('none', 0, 'BAD_USER_INPUT'), add('fewer than none', -1, 'BAD_USER_INPUT'), add('a thousand million', billion, 'BAD_USER_INPUT'), add('more than a number holds', 1e15, 'BAD_USER_INPUT'),
      add('a piece and a half', 1.5, 'BAD_USER_INPUT'), add('a word', 'two', 'BAD_USER_INPUT'), add('a million', million, 'OverMaximum'),
      ['an unknown offer', 'addCartLines', { cartId, lines: [{ offerId: newId('ofr'), quantity: 1 }] }, 'OfferUnavailable UNKNOWN'],
      ['one of two unknown', 'addCartLines', { cartId, lines: [{ offerId, quantity: 1 }, { offerId: 'no', quantity: 1 }] }, 'OfferUnavailable UNKNOWN'],
      ['no lines', 'addCartLines', { cartId, lines: [] }, 'BAD_USER_INPUT'],
      ['a thousand lines', 'addCartLines', { cartId, lines: Array(1_000).fill({ offerId, quantity: 1 }) }, 'BAD_USER_INPUT'],
      ['a cart that is not there', 'addCartLines', { cartId: newId('cart'), lines: [{ offerId, quantity: 1 }] }, 'NOT_FOUND'],
      ['somebody else\'s cart', 'addCartLines', { cartId: stranger.cartId, lines: [{ offerId, quantity: 1 }] }, 'NOT_FOUND'],
      ['an empty name of a cart', 'addCartLines', { cartId: '', lines: [{ offerId, quantity: 1 }] }, 'BAD_USER_INPUT'],
      change('fewer than none', -5, 'BAD_USER_INPUT'), change('a thousand million', billion, 'BAD_USER_INPUT'), change('a million', million, 'OverMaximum'),
      ['an unknown line', 'changeCartLine', { cartId, lineId: newId('line'), quantity: 1 }, 'NOT_FOUND'],
      ['no e-mail address', 'setCartContact', { cartId, email: 'nobody at nowhere' }, 'BAD_USER_INPUT'],
      ['a very long one', 'setCartContact', { cartId, email: `${'x'.repeat(300)}@shoppers.example` }, 'BAD_USER_INPUT'],
      ['a telephone of letters', 'setCartContact', { cartId, phone: 'call me' }, 'BAD_USER_INPUT'],
      ['a name with NUL', 'setCartContact', { cartId, name: 'A\u0000B' }, 'BAD_USER_INPUT'],
      ['a name with half a character', 'setCartContact', { cartId, name: 'A\ud83d' }, 'BAD_USER_INPUT'],
      send('no country', { country: 'XX' }, 'BAD_USER_INPUT'), send('no street', { line1: '' }, 'CartAddressInvalid'), send('a very long street', { line1: 'x'.repeat(10_000) }, 'CartAddressInvalid'),
      ['neither address', 'setCartAddress', { cartId }, 'BAD_USER_INPUT'],
      ['a saved address of nobody', 'setCartAddress', { cartId, savedAddressId: newId('adr') }, 'NOT_FOUND'],
      ['an unknown coupon', 'applyCoupon', { cartId, code: 'NOSUCH' }, 'CouponRejected UNKNOWN'],
      ['an empty coupon', 'applyCoupon', { cartId, code: '' }, 'BAD_USER_INPUT'], ['a long coupon', 'applyCoupon', { cartId, code: 'X'.repeat(65) }, 'BAD_USER_INPUT'],
    ]);
  });

  it('at the checkout: totals, currencies, keys, and carts that are not ready [ORD-01]', async () => {
    const { cartId, total } = cart;
    const wish = (title: string, input: Record<string, unknown>, answer: string): Bad => [title, 'placeOrder', { cartId, expectedTotal: total, payWith: 'STRIPE', idempotencyKey: newId('req'), ...input }, answer];
    const of = (minor: unknown, currency: unknown = 'BDT') => ({ expectedTotal: { minor, currency } });
    await refusesAll(buyer, [
      wish('one unit less', of(total.minor - 1), 'PriceChanged'), wish('for nothing', of(0), 'PriceChanged'), wish('less than nothing', of(-total.minor), 'BAD_USER_INPUT'),
      wish('another currency', of(total.minor, 'EUR'), 'PriceChanged'), wish('no currency', of(total.minor, 'taka'), 'BAD_USER_INPUT'),
      wish('more than a number holds', of(2 ** 53), 'BAD_USER_INPUT'), wish('a part of a unit', of(0.5), 'BAD_USER_INPUT'), wish('a text', of('1000'), 'BAD_USER_INPUT'),
      wish('a way to pay that is none', { payWith: 'SHELLS' }, 'BAD_USER_INPUT'), wish('an empty key', { idempotencyKey: '' }, 'BAD_USER_INPUT'), wish('a long key', { idempotencyKey: 'k'.repeat(256) }, 'BAD_USER_INPUT'),
      wish('a total that changed', { ...of(total.minor + 1), idempotencyKey: 'refused-once' }, 'PriceChanged'), wish('another wish by the same key', { idempotencyKey: 'refused-once' }, 'IDEMPOTENCY_KEY_REUSED'),
      wish('a very long note', { note: 'x'.repeat(10_000) }, 'BAD_USER_INPUT'), wish('a cart that is not there', { cartId: newId('cart') }, 'NOT_FOUND'), wish('somebody else\'s cart', { cartId: stranger.cartId }, 'NOT_FOUND'),
    ]);
    await refusesAll(stranger, [wish('an empty cart', { cartId: stranger.cartId }, 'CartNotReady OFFER_UNAVAILABLE')]);
    expect((await cartOf(stranger)).problems?.map(({ code }) => code)).toEqual(['OFFER_UNAVAILABLE']);
  });

  it('at the checkout: a place where nothing goes, a way that is gone, an expired cart, a closed vendor [SHP-02]', async () => {
    const change = async (who: Buyer, field: string, input: Record<string, unknown>) => expect(await answerTo(who, field, { cartId: who.cartId, ...input })).toBe('Cart');
    const ready = async (...offers: (BuyableOffer | undefined)[]) => {
      const who = await asGuest(marketplace.door);
      return { who, ...await readyCart(marketplace.door, who, lines(...offers)) };
    };
    const wish = ({ cartId, total }: ReadyCart, answer: string): Bad => ['it', 'placeOrder', { cartId, expectedTotal: total, payWith: 'CASH_ON_DELIVERY', idempotencyKey: newId('req') }, answer];

    const abroad = await ready(first);
    await change(abroad.who, 'setCartAddress', { shipping: { name: 'Åsa', line1: 'Storgatan 1', city: 'Lund', postalCode: '222 22', country: 'SE' } });
    await refusesAll(abroad.who, [wish(abroad, 'CartNotReady UNSERVICEABLE')]);
    const odd = await ready(first);
    await change(odd.who, 'chooseShipping', { vendorId: first?.vendorId, shippingMethodId: newId('smt') });
    await refusesAll(odd.who, [wish(odd, 'CartNotReady SHIPPING_GONE')]);

    const late = await ready(first);
    await marketplace.query(`update carts.cart set expires_at = now() - interval '1 minute' where id = $1`, [late.cartId]);
    expect(await answerTo(late.who, 'addCartLines', { cartId: late.cartId, lines: [{ offerId: first?.offerId, quantity: 1 }] })).toBe('CartNotOpen EXPIRED');
    await refusesAll(late.who, [wish(late, 'NOT_FOUND')]);

    const closed = await ready(second);
    const hour = 3_600_000;
    const holiday = { from: new Date(Date.now() - hour).toISOString(), until: new Date(Date.now() + hour).toISOString() };
    const vendorId = second?.vendorId ?? '';
    await obtain(marketplace.door, merchant, ChangeStoreSettings, { vendorId, holiday }, 'Vendor');
    await refusesAll(closed.who, [wish(closed, 'VendorClosed')]);
    // Carts hear of it a moment later.
    await eventually(async () => (await answerTo(closed.who, 'addCartLines', { cartId: closed.cartId, lines: [{ offerId: second?.offerId, quantity: 1 }] })) === 'OfferUnavailable VENDOR_CLOSED', 20_000);
    await obtain(marketplace.door, merchant, ChangeStoreSettings, { vendorId, holiday: null }, 'Vendor');
  });

  it('of an order: parcels, parts and news of them', async () => {
    const [sent, kept] = order.vendorOrders.map(({ id }) => id);
    const line = (await runOperation(marketplace.door, merchant, VendorOrderPage, { id: sent ?? '' })).vendorOrder?.lines[0];
    const ship = (title: string, quantity: number, answer: string): Bad => [title, 'shipVendorOrder', { vendorOrderId: sent, lines: [{ orderLineId: line?.id, quantity }], idempotencyKey: newId('req') }, answer];
    await refusesAll(merchant, [
      ship('no piece', 0, 'BAD_USER_INPUT'), ship('less than none', -1, 'BAD_USER_INPUT'), ship('a thousand million', billion, 'BAD_USER_INPUT'), ship('one more than there is', 1, 'NothingToShip NOTHING_LEFT'),
      ['what nobody accepted', 'shipVendorOrder', { vendorOrderId: kept, idempotencyKey: newId('req') }, 'NothingToShip NOT_ACCEPTED'],
      ['a part that is not there', 'shipVendorOrder', { vendorOrderId: newId('vord'), idempotencyKey: newId('req') }, 'NOT_FOUND'],
      ['a carrier that is none', 'shipVendorOrder', { vendorOrderId: sent, carrier: 'pigeon', idempotencyKey: newId('req') }, 'BAD_USER_INPUT'],
      ['news of a parcel that is not there', 'recordTracking', { shipmentId: newId('spm'), status: 'DELIVERED' }, 'NOT_FOUND'],
      ['what nobody may say', 'recordTracking', { shipmentId, status: 'BOOKED' }, 'BAD_USER_INPUT'], ['a state that is none', 'recordTracking', { shipmentId, status: 'EATEN' }, 'BAD_USER_INPUT'],
      ['no reason', 'rejectVendorOrder', { vendorOrderId: kept, reason: ' ', idempotencyKey: newId('req') }, 'BAD_USER_INPUT'],
      ['a part that is not there', 'acceptVendorOrder', { vendorOrderId: newId('vord') }, 'NOT_FOUND'], ['what nobody holds', 'releaseVendorOrder', { vendorOrderId: sent }, 'WrongVendorOrderStatus'],
    ]);
    await refusesAll(stranger, [['somebody else\'s', 'cancelOrder', { orderId: order.id, idempotencyKey: newId('req') }, 'NOT_FOUND'], ['accepted by a stranger', 'acceptVendorOrder', { vendorOrderId: kept }, 'UNAUTHENTICATED']]);
  });

  it('of money: refunds, captures, prices, and what lies on shelves [PAY-13]', async () => {
    const paymentId = order.payment?.id;
    const { total } = order.totals;
    const back = (title: string, input: Record<string, unknown>, answer: string): Bad => [title, 'refundPayment', { paymentId, reason: 'A test.', idempotencyKey: newId('req'), ...input }, answer];
    const amount = (minor: unknown, currency: unknown = 'BDT') => ({ amount: { minor, currency } });
    const price = (title: string, row: object, answer: string): Bad => [title, 'setPrices', { rows: [{ offerId: first?.offerId, currency: 'BDT', minor: 1_000, ...row }] }, answer];
    const [shelf] = await marketplace.query<{ id: string }>('select warehouse_id as id from inventory.stock_level where offer_id = $1', [first?.offerId]);
    const receive = (title: string, row: object, answer: string): Bad => [title, 'receiveStock', { rows: [{ offerId: first?.offerId, warehouseId: shelf?.id, quantity: 1, ...row }], idempotencyKey: newId('req') }, answer];
    await refusesAll(shop.operator, [
      back('nothing', amount(0), 'BAD_USER_INPUT'), back('less than nothing', amount(-1), 'BAD_USER_INPUT'), back('one unit too much', amount(total.minor + 1), 'RefundTooLarge'), back('far too much', amount(Number.MAX_SAFE_INTEGER), 'RefundTooLarge'),
      back('another currency', amount(100, 'EUR'), 'BAD_USER_INPUT'), back('neither amount nor lines', {}, 'BAD_USER_INPUT'), back('no pieces', { lines: [{ orderLineId: newId('oline'), quantity: 0 }] }, 'BAD_USER_INPUT'),
      back('an unknown line', { lines: [{ orderLineId: newId('oline'), quantity: 1 }] }, 'RefundTooLarge'), back('a payment that is not there', { ...amount(1), paymentId: newId('pay') }, 'NOT_FOUND'), back('no reason', { ...amount(1), reason: '' }, 'BAD_USER_INPUT'),
      ['what is captured', 'capturePayment', { paymentId, idempotencyKey: newId('req') }, 'CaptureTooLarge'],
      price('another currency', { currency: 'EUR' }, 'PricesRefused CURRENCY_NOT_SOLD_IN'), price('less than nothing', { minor: -1 }, 'PricesRefused AMOUNT_OUT_OF_RANGE'), price('far too much', { minor: Number.MAX_SAFE_INTEGER }, 'PricesRefused AMOUNT_OUT_OF_RANGE'),
      price('from no piece on', { minQuantity: 0 }, 'PricesRefused QUANTITY_OUT_OF_RANGE'), price('an unknown offer', { offerId: newId('ofr') }, 'PricesRefused OFFER_UNKNOWN'), ['no price', 'setPrices', { rows: [] }, 'BAD_USER_INPUT'],
      receive('no piece', { quantity: 0 }, 'BAD_USER_INPUT'), receive('less than none', { quantity: -1 }, 'BAD_USER_INPUT'), receive('a thousand million', { quantity: billion }, 'BAD_USER_INPUT'), receive('an unknown offer', { offerId: newId('ofr') }, 'UnknownShelves'),
      ['a negative fee', 'saveShippingMethod', { zoneId: newId('szn'), name: 'Cheap', bands: [{ price: { minor: -1, currency: 'BDT' } }] }, 'BAD_USER_INPUT'],
    ]);
    await refusesAll(buyer, [back('by a buyer', amount(1), 'UNAUTHENTICATED'), ['another\'s payment', 'retryPayment', { paymentId, idempotencyKey: newId('req') }, 'NOT_FOUND']]);
  });

  it('as a way to pay that is not offered: nothing is taken, and nothing written', async () => {
    const set = (input: InputOf<typeof ChangePaymentSettings>) => obtain(marketplace.door, shop.operator, ChangePaymentSettings, input, 'PaymentSettings');
    for (const [payWith, settings] of [['CASH_ON_DELIVERY', { offersCash: false }], ['CASH_ON_DELIVERY', { offersCash: true, cashMax: { minor: 100, currency: 'BDT' } }], ['STRIPE', { cashMax: null, offersCards: false }]] as const) {
      await set(settings);
      const who = await asGuest(marketplace.door);
      const { cartId, total } = await readyCart(marketplace.door, who, lines(first));
      const { paymentMethods } = await cartOf(who);
      expect(paymentMethods?.filter(({ available }) => !available).map(({ choice }) => choice)).toEqual([payWith]);
      await refusesAll(who, [[payWith, 'placeOrder', { cartId, expectedTotal: total, payWith, idempotencyKey: newId('req') }, 'CartNotReady PAYMENT_NOT_OFFERED']]);
    }
    await set({ offersCards: true });
  });
});
