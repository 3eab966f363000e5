import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreatePromotion } from '@haat/operator-client/generated/operations';
import { SetPrices } from '@haat/merchant-client/generated/operations';
import { AddCartLines, CartPage, ChangeCartLine, MergeCarts, MyCart, OpenCart, RemoveCartLine, SetCartAddress } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { asGuest, dhaka, place, readyCart, tryPlace } from '../support/buy.js';
import { codeOf, dataOf, type Asker } from '../support/graph.js';
import { mutate, tryMutate } from '../support/mutate.js';
import { runOperation } from '../support/run-operation.js';
import { newShopper, signIn, someAddress, someEmail } from '../support/sign-in.js';
import { shopOfTwo, type BuyableOffer, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

describe('carts', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  let first: BuyableOffer;
  let second: BuyableOffer;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace);
    [first, second] = shop.offers as [BuyableOffer, BuyableOffer];
  }, 120_000);
  afterAll(() => marketplace?.close());

  const totalsOf = async (asker: Asker, id: string) => (await runOperation(marketplace.door, asker, CartPage, { id })).cart?.totals;
  const priceOf = async ({ offerId }: BuyableOffer) => dataOf(await marketplace.door.ask<{ offer: { price: Record<string, unknown> } }>(
    shop.operator, 'query($id: ID!) { offer(id: $id) { price { current { minor } compareAt { minor } lowest30Days { minor } } } }', { id: offerId })).offer.price;
  const withOne = async (asker: Asker, { offerId }: BuyableOffer, cartId: string, quantity = 1) => obtain(marketplace.door, asker, AddCartLines, { cartId, lines: [{ offerId, quantity }] }, 'Cart');

  it('of guests are theirs by a secret alone, wherever they ask from, and go into their own when they sign in [CART-02, CART-03, CART-05]', async () => {
    const { door } = marketplace;
    const guest = await asGuest(door);
    await withOne(guest, first, guest.cartId, 2);
    const elsewhere: Asker = { ...guest, headers: { ...guest.headers, ...someAddress() } };
    expect((await runOperation(door, elsewhere, MyCart, {})).myCart).toMatchObject({ id: guest.cartId, lines: [{ quantity: 2 }] });
    const strangers: Asker[] = [{ tenant: 'acme' }, { tenant: 'acme', headers: { 'x-haat-cart': 'x'.repeat(43) } }, { tenant: 'nordic', headers: guest.headers }];
    for (const stranger of strangers) {
      expect([(await runOperation(door, stranger, MyCart, {})).myCart, (await runOperation(door, stranger, CartPage, { id: guest.cartId })).cart]).toEqual([null, null]);
      expect(codeOf(await tryMutate(door, stranger, 'removeCartLine', { cartId: guest.cartId, lineId: 'line_1' }))).toBe('NOT_FOUND');
    }
    expect(await obtain(door, elsewhere, OpenCart, {}, 'OpenCartSucceeded')).toMatchObject({ cart: { id: guest.cartId }, secret: null });

    const shopper = await newShopper(door, 'acme', 'session');
    const { cart: own } = await obtain(door, shopper, OpenCart, {}, 'OpenCartSucceeded');
    await withOne(shopper, second, own.id);
    const both: Asker = { ...shopper, headers: { ...shopper.headers, ...guest.headers } };
    expect((await runOperation(door, both, MyCart, {})).myCart?.id).toBe(own.id);
    expect(await obtain(door, both, MergeCarts, { cartId: guest.cartId }, 'MergeCartsSucceeded')).toMatchObject({ cart: { id: own.id, lines: [{ offerId: second.offerId, quantity: 1 }, { offerId: first.offerId, quantity: 2 }] }, cut: [] });
    expect((await runOperation(door, guest, MyCart, {})).myCart).toBeNull();
    expect(await act(door, guest, AddCartLines, { cartId: guest.cartId, lines: [{ offerId: first.offerId, quantity: 1 }] })).toMatchObject({ __typename: 'CartNotOpen' });
    const again = await signIn(door, 'acme', shopper.email);
    expect((await runOperation(door, again, MyCart, {})).myCart?.lines).toHaveLength(2);
  });

  it('are priced by how many pieces, for whom and where to, and the order as its cart [PRC-01, PRC-06]', async () => {
    const { door } = marketplace;
    const list = (name: string, conditions: Record<string, unknown>) => mutate(door, shop.operator, 'createPriceList', { name, ...conditions }, '... on PriceList { id }');
    const [abroad, people] = [await list('Abroad', { priority: 10, countries: ['SE'] }), await list('Members', { priority: 5, buyerKinds: ['PERSON'] })];
    const row = (minor: number, more: Record<string, unknown> = {}) => ({ offerId: second.offerId, currency: 'BDT', minor, ...more });
    await obtain(door, shop.operator, SetPrices, { rows: [row(180_000, { minQuantity: 3 }), row(250_000, { priceListId: abroad['id'] }), row(190_000, { priceListId: people['id'] })] }, 'SetPricesSucceeded');
    expect(await priceOf(second)).toMatchObject({ current: { minor: 200_000 } });
    const guest = await asGuest(door);
    const unit = async (asker: Asker, id: string) => (await totalsOf(asker, id))?.lines[0]?.unitPrice.minor;
    const { lines: [line] } = await withOne(guest, second, guest.cartId, 2);
    expect(await unit(guest, guest.cartId)).toBe(200_000);
    await obtain(door, guest, ChangeCartLine, { cartId: guest.cartId, lineId: line?.id ?? '', quantity: 3 }, 'Cart');
    expect(await unit(guest, guest.cartId)).toBe(180_000);
    await obtain(door, guest, SetCartAddress, { cartId: guest.cartId, shipping: { line1: 'Storgatan 1', city: 'Stockholm', postalCode: '114 55', country: 'SE' } }, 'Cart');
    expect(await unit(guest, guest.cartId)).toBe(250_000);
    await obtain(door, guest, SetCartAddress, { cartId: guest.cartId, shipping: dhaka }, 'Cart');
    const shopper = await newShopper(door, 'acme', 'member');
    const both: Asker = { ...shopper, headers: { ...shopper.headers, ...guest.headers } };
    expect([await unit(guest, guest.cartId), await unit(both, guest.cartId)]).toEqual([180_000, 190_000]);
    const cart = await readyCart(door, { ...both, cartId: guest.cartId } as Asker & { cartId: string }, [{ offer: second, quantity: 1 }]);
    const order = await place(door, both, cart, { payWith: 'CASH_ON_DELIVERY' });
    expect(order.totals.total).toMatchObject(cart.total);
    expect(dataOf(await door.ask(shopper, '{ myOrders(first: 1) { nodes { id lines { unitPrice { minor } } } } }'))).toEqual({ myOrders: { nodes: [{ id: order.id, lines: [{ unitPrice: { minor: 190_000 } }] }] } });
  });

  it('show what a reduction is announced against, and what a promotion of the catalogue takes off, on the page and in the cart [PRC-02, PRC-09]', async () => {
    const { door } = marketplace;
    const reduce = (minor: number) => obtain(door, shop.operator, SetPrices, { rows: [{ offerId: first.offerId, currency: 'BDT', minor }] }, 'SetPricesSucceeded');
    await reduce(80_000);
    expect(await priceOf(first)).toMatchObject({ current: { minor: 80_000 }, lowest30Days: { minor: 100_000 } });
    await reduce(90_000);
    expect(await priceOf(first)).toMatchObject({ current: { minor: 90_000 }, lowest30Days: { minor: 80_000 } });
    const { id: promotionId } = await obtain(door, shop.operator, CreatePromotion, { name: 'A third', class: 'CATALOGUE', conditions: [{ kind: 'PRODUCT', ids: [first.offerId] }], effects: [{ kind: 'FIXED_PRICE', priceMinor: 60_000 }] }, 'Promotion');
    expect(await priceOf(first)).toEqual({ current: { minor: 60_000 }, compareAt: { minor: 90_000 }, lowest30Days: { minor: 80_000 } });
    const guest = await asGuest(door);
    await withOne(guest, first, guest.cartId, 3);
    expect(await totalsOf(guest, guest.cartId)).toMatchObject({ subtotal: { minor: 270_000 }, discount: { minor: 90_000 } });
    expect(await mutate(door, shop.operator, 'endPromotion', { promotionId })).toMatchObject({ __typename: 'Promotion' });
    expect(await totalsOf(guest, guest.cartId)).toMatchObject({ discount: { minor: 0 } });
  });

  it('take the best of promotions that exclude each other, say why not of the others, and a vendor bears its own alone [PRC-03, PRC-07, PRC-10]', async () => {
    const { door } = marketplace;
    const merchant = await signIn(door, 'acme', 'merchant@acme.example');
    const off = (ppm: number, more: Record<string, unknown>) => ({ name: `${ppm / 10_000} %`, class: 'ORDER', exclusiveGroup: 'autumn', effects: [{ kind: 'PERCENT_OFF', ppm, on: 'ORDER' }], conditions: [{ kind: 'VENDOR', vendorIds: [first.vendorId] }], ...more });
    const borne = '... on Promotion { id platformPpm }';
    const made = [await mutate(door, shop.operator, 'createPromotion', off(100_000, { platformPpm: 250_000 }), borne), await mutate(door, shop.operator, 'createPromotion', off(200_000, {}), borne)];
    expect(codeOf(await tryMutate(door, merchant, 'createPromotion', off(300_000, { vendorId: first.vendorId, platformPpm: 1 })))).toBe('FORBIDDEN');
    made.push(await mutate(door, merchant, 'createPromotion', off(50_000, { vendorId: first.vendorId, combinesWith: ['ORDER'] }), borne));
    expect(made.map(({ platformPpm }) => platformPpm)).toEqual([250_000, 1_000_000, 0]);
    const guest = await asGuest(door);
    const { lines: [line] } = await withOne(guest, first, guest.cartId);
    const read = async () => dataOf(await door.ask<{ cart: { totals: unknown } }>(guest, 'query($id: ID!) { cart(id: $id) { totals { discount { minor } appliedPromotions { name amount { minor } } rejectedPromotions { name reason } } } }', { id: guest.cartId })).cart.totals;
    expect(await read()).toMatchObject({ discount: { minor: 18_000 }, appliedPromotions: [{ name: '20 %', amount: { minor: 18_000 } }], rejectedPromotions: expect.arrayContaining(['10 %', '5 %'].map((name) => ({ name, reason: 'NOT_COMBINABLE' }))) });
    await obtain(door, guest, RemoveCartLine, { cartId: guest.cartId, lineId: line?.id ?? '' }, 'Cart');
    await withOne(guest, second, guest.cartId);
    expect(await read()).toMatchObject({ discount: { minor: 0 }, appliedPromotions: [] });
    for (const { id: promotionId } of made) await mutate(door, shop.operator, 'endPromotion', { promotionId });
  });

  it('of a first order have what is off for it once, though a buyer places several at once and needs no coupon [PRC-03]', async () => {
    const { door } = marketplace;
    await obtain(door, shop.operator, CreatePromotion, { name: 'Welcome', class: 'ORDER', conditions: [{ kind: 'NTH_ORDER', max: 1 }], effects: [{ kind: 'PERCENT_OFF', ppm: 500_000, on: 'ORDER' }] }, 'Promotion');
    const email = someEmail('twice');
    const guests = await Promise.all(Array.from({ length: 4 }, () => asGuest(door)));
    const ready = await Promise.all(guests.map(async (guest) => ({ guest, cart: await readyCart(door, guest, [{ offer: first, quantity: 1 }], { email }) })));
    const outcomes = await Promise.all(ready.map(({ guest, cart }) => tryPlace(door, guest, cart, { payWith: 'CASH_ON_DELIVERY' })));
    expect(outcomes.map(({ __typename }) => __typename).filter((name) => name === 'Order')).toHaveLength(1);
    for (const { __typename } of outcomes) expect(['Order', 'CouponRejected', 'PriceChanged']).toContain(__typename);
  });
});
