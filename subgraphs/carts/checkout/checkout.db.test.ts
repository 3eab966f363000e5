import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartFreeze, cartRead, cartThaw } from '@haat/schema/asks/carts';
import { orderRead } from '@haat/schema/asks/orders';
import { pricingQuote } from '@haat/schema/asks/pricing';
import type { Buyer } from '@haat/schema/parts';
import { orderCancelled, orderConfirmed, orderExpired, orderPlaced } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import { systemViewer } from '@haat/kit/identity';
import { CartsRig, emptyQuote } from '../testing/carts-rig.js';

let rig: CartsRig;
beforeAll(async () => { rig = await CartsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const until = () => new Date(rig.clock.now().getTime() + 60_000).toISOString();

async function frozen() {
  const { shopper, tenant, guest } = rig.shop();
  const mug = await rig.offer(shopper, { weightGrams: 300 });
  const cart = await rig.filled(shopper, { ...mug, quantity: 2 });
  const orderId = newId('ord');
  const freeze = (order = orderId, asker: Parameters<typeof rig.open>[0] = shopper) => rig.subgraph.put(asker, cartFreeze, { cartId: cart.id, orderId: order, until: until() });
  const say = (contract: typeof orderExpired, version = 1, order = orderId) => rig.subgraph.hear(contract, tenant.id, { aggregate: { id: order, version }, payload: { ...orderFacts, orderId: order, cartId: cart.id, lines: [], savedPaymentMethodId: null, by: 'x', reason: 'y' } as never });
  const state = async () => (await rig.subgraph.query<{ state: string }>('select state from carts.cart where id = $1', [cart.id]))[0]?.state;
  return { shopper, guest, tenant, cart, orderId, mug, freeze, say, state };
}

describe('cart.freeze', () => {
  it('takes a cart for one order, answers it the same again, and lets nobody change it', async () => {
    const { shopper, cart, mug, orderId, freeze } = await frozen();
    const first = await freeze();
    expect(first).toMatchObject({ outcome: 'FROZEN', cart: { cartId: cart.id, lines: [{ offerId: mug.offerId, quantity: 2 }], groups: [{ vendorId: mug.vendorId, weightGrams: 600 }], currency: shopper.tenant.currency } });
    expect(await freeze()).toMatchObject({ outcome: 'FROZEN' });
    expect(await freeze(newId('ord'))).toEqual({ outcome: 'TAKEN', orderId });
    expect(await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: [{ offerId: mug.offerId, quantity: 1 }] })).toMatchObject({ __typename: 'CartNotOpen', notOpen: 'FROZEN' });
  });

  it('weighs what is known where a weight is not, and nothing where none is', async () => {
    const { shopper } = rig.shop();
    const heavy = await rig.offer(shopper, { weightGrams: 5_000 });
    const [unknown, other] = [await rig.offer(shopper, { vendorId: heavy.vendorId }), await rig.offer(shopper)];
    const cart = await rig.filled(shopper, { ...unknown, quantity: 2 }, { ...heavy, quantity: 3 }, other);
    expect(cart.groups.map(({ weightGrams }) => weightGrams)).toEqual([15_000, null]);
    expect(await rig.subgraph.put(shopper, cartFreeze, { cartId: cart.id, orderId: newId('ord'), until: until() })).toMatchObject({ cart: { groups: [{ weightGrams: 15_000 }, { weightGrams: null }] } });
    expect(await rig.subgraph.put(shopper, cartRead, { cartId: cart.id })).toMatchObject({ cart: { groups: [{ weightGrams: 15_000 }, { weightGrams: null }] } });
  });

  it('is bought by whoever is signed in, also where it was filled as a guest', async () => {
    const { shopper, guest } = rig.shop();
    const { id: cartId, secret } = await rig.open(guest);
    const [holder, both] = [rig.holding(guest, secret ?? ''), rig.alsoHolding(shopper, secret ?? '')];
    const buyers: Buyer[] = [];
    rig.answer(pricingQuote, ({ buyer }) => { buyers.push(buyer); return emptyQuote; });
    for (const asker of [holder, both]) {
      await rig.mutate(asker, 'applyCoupon', { cartId, code: 'TEN' });
      const read = await rig.subgraph.put(asker, cartRead, { cartId });
      const freeze = await rig.subgraph.put(asker, cartFreeze, { cartId, orderId: 'ord_1', until: until() });
      buyers.push(...(read.cart && freeze.outcome === 'FROZEN' ? [read.cart.buyer, freeze.cart.buyer] : []));
      await rig.subgraph.put(asker, cartThaw, { cartId, orderId: 'ord_1' });
    }
    const [asGuest, asPerson] = [{ userId: null, guestKey: holder.viewer?.guestKey }, { userId: shopper.viewer?.userId, guestKey: null }];
    expect(buyers).toEqual([asGuest, asGuest, asGuest, asPerson, asPerson, asPerson]);
  });

  it('is had by one of many orders that want the cart at once', async () => {
    const { freeze } = await frozen();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => freeze(newId('ord'))));
    expect(outcomes.filter(({ outcome }) => outcome === 'FROZEN')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'TAKEN')).toHaveLength(7);
  });

  it('is over by itself when its time is, and knows nobody else\'s cart', async () => {
    const { shopper, guest, cart, mug, freeze } = await frozen();
    expect(await freeze(newId('ord'), guest)).toEqual({ outcome: 'NOT_FOUND' });
    await freeze();
    rig.clock.advance(61_000);
    expect(await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: [{ offerId: mug.offerId, quantity: 1 }] })).toMatchObject({ lines: [{ quantity: 3 }] });
    expect(await rig.subgraph.put(guest, cartRead, { cartId: cart.id })).toEqual({ cart: null });
    expect(await rig.subgraph.put(shopper, cartRead, { cartId: cart.id })).toMatchObject({ cart: { lines: [{ quantity: 3 }], groups: [{ weightGrams: 900 }] } });
  });
});

describe('cart.thaw', () => {
  it('gives the cart back to its owner, once, and only for the order that froze it', async () => {
    const { shopper, cart, mug, orderId, freeze } = await frozen();
    await freeze();
    const thaw = (order: string) => rig.subgraph.put(shopper, cartThaw, { cartId: cart.id, orderId: order });
    expect(await thaw(newId('ord'))).toEqual({ outcome: 'NOTHING' });
    expect(await thaw(orderId)).toEqual({ outcome: 'THAWED' });
    expect(await thaw(orderId)).toEqual({ outcome: 'NOTHING' });
    expect(await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: [{ offerId: mug.offerId, quantity: 1 }] })).toMatchObject({ __typename: 'Cart' });
  });
});

describe('what becomes of the order', () => {
  it('closes the cart when it is placed; the person\'s next one is empty', async () => {
    const { shopper, cart, freeze, say, state } = await frozen();
    await freeze();
    await say(orderPlaced as never);
    expect(await state()).toBe('ORDERED');
    expect(await rig.open(shopper)).toMatchObject({ lines: [] });
    expect((await rig.open(shopper)).id).not.toBe(cart.id);
  });

  it('gives the cart back when the order dies, and takes it again when it is paid late', async () => {
    for (const dead of [orderExpired, orderCancelled as never]) {
      const { shopper, cart, freeze, say, state } = await frozen();
      await freeze();
      await say(orderPlaced as never);
      await say(dead, 2);
      expect(await rig.cart(shopper, cart.id)).toMatchObject({ lines: [{ quantity: 2 }] });
      expect((await rig.open(shopper)).id).toBe(cart.id);
      await say(orderConfirmed as never, 3);
      expect(await state()).toBe('ORDERED');
    }
  });

  it('leaves a cart alone that was touched since, and a new one the only open one', async () => {
    const touched = await frozen();
    await touched.freeze();
    await touched.say(orderPlaced as never);
    await touched.say(orderExpired, 2);
    await rig.mutate(touched.shopper, 'changeCartLine', { cartId: touched.cart.id, lineId: touched.cart.lines[0]?.id, quantity: 1 });
    await touched.say(orderConfirmed as never, 3);
    expect(await touched.state()).toBe('OPEN');
    const another = await frozen();
    await another.freeze();
    await another.say(orderPlaced as never);
    const next = await rig.open(another.shopper);
    await another.say(orderExpired, 2);
    expect([await another.state(), (await rig.open(another.shopper)).id]).toEqual(['ORDERED', next.id]);
  });

  it('lets a late payment take the cart again as the system, by the order it was of', async () => {
    const { tenant, cart, orderId, freeze, say } = await frozen();
    await freeze();
    await say(orderPlaced as never);
    await say(orderExpired, 2);
    const late = (again: boolean, order: string) => rig.subgraph.put({ tenant, viewer: systemViewer }, cartFreeze, { cartId: cart.id, orderId: order, until: until(), again });
    expect(await late(false, orderId)).toEqual({ outcome: 'NOT_FOUND' });
    expect(await late(true, newId('ord'))).toEqual({ outcome: 'NOT_FOUND' });
    expect(await late(true, orderId)).toMatchObject({ outcome: 'FROZEN' });
  });
});

describe('reorder', () => {
  const bought = (of: string, ...lines: { offerId: string; quantity: number }[]) => rig.answer(orderRead, ({ orderId }) => ({ lines: orderId === of ? lines : null }));

  it('puts an old order\'s goods into the open cart, and says what is not to be had any more', async () => {
    const { shopper, guest, mug, orderId, cart, freeze, say } = await frozen();
    const bowl = await rig.offer(shopper, { status: 'ACTIVE' });
    await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: [{ offerId: bowl.offerId, quantity: 1 }] });
    await freeze();
    await say(orderPlaced as never);
    await rig.vendor(shopper, bowl.vendorId, false);
    bought(orderId, { offerId: mug.offerId, quantity: 2 }, { offerId: bowl.offerId, quantity: 1 });
    expect(await rig.mutate(shopper, 'reorder', { orderId })).toMatchObject({ cart: { lines: [{ offerId: mug.offerId, quantity: 2 }] }, missing: [{ offerId: bowl.offerId, quantity: 1, why: 'The vendor does not sell now.' }] });
    expect(await rig.mutate(shopper, 'reorder', { orderId })).toMatchObject({ cart: { lines: [{ offerId: mug.offerId, quantity: 4 }] } });
    const again = () => rig.mutate(shopper, 'reorder', { orderId, idempotencyKey: 'once-more' });
    expect([await again(), await again()]).toMatchObject([{ cart: { lines: [{ quantity: 6 }] }, missing: [{ quantity: 1 }] }, { cart: { lines: [{ quantity: 6 }] }, missing: [{ quantity: 1 }] }]);
    expect(await rig.cart(shopper, (await rig.open(shopper)).id)).toMatchObject({ lines: [{ quantity: 6 }] });
    await expect(rig.mutate(guest, 'reorder', { orderId })).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(rig.mutate(shopper, 'reorder', { orderId: newId('ord') })).rejects.toThrow('NOT_FOUND: No such order.');
  });

  it('goes by what was ordered, whatever the cart of it became since', async () => {
    const { shopper, mug, orderId, cart, freeze, say } = await frozen();
    await freeze();
    await say(orderPlaced as never);
    await say(orderCancelled as never, 2);
    bought(orderId, { offerId: mug.offerId, quantity: 2 });
    expect(await rig.mutate(shopper, 'reorder', { orderId })).toMatchObject({ cart: { id: cart.id, lines: [{ offerId: mug.offerId, quantity: 2 }] }, missing: [] });
    await rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId: (await rig.cart(shopper, cart.id))?.lines[0]?.id, quantity: 1 });
    expect(await rig.mutate(shopper, 'reorder', { orderId })).toMatchObject({ cart: { id: cart.id, lines: [{ offerId: mug.offerId, quantity: 3 }] } });
  });
});

const orderFacts = {
  number: 'A-1', status: 'PENDING_PAYMENT', buyer: { userId: null, guestKey: null }, locale: 'en', currency: 'BDT', totals: { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 },
  paymentChoice: 'STRIPE', couponCodes: [], emailHash: null, shipTo: { country: 'BD', region: null, city: null, district: null, postalCode: null }, vendorOrders: [], sealedContact: '', placedAt: '2026-01-01T00:00:00Z',
};
