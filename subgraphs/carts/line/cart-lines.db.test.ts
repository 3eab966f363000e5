import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { newId } from '@haat/kit/id';
import { CartsRig } from '../testing/carts-rig.js';

let rig: CartsRig;
beforeAll(async () => { rig = await CartsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

describe('addCartLines', () => {
  it('puts goods of two vendors into groups, and pieces of one offer into one line [CART-01, CART-08]', async () => {
    const { shopper } = rig.shop();
    const mug = await rig.offer(shopper, { weightGrams: 300 });
    const bowl = await rig.offer(shopper);
    const { id: cartId } = await rig.open(shopper);
    await rig.mutate(shopper, 'addCartLines', { cartId, lines: [{ offerId: mug.offerId, quantity: 2 }, { offerId: bowl.offerId, quantity: 1 }] });
    expect(await rig.mutate(shopper, 'addCartLines', { cartId, lines: [{ offerId: mug.offerId, quantity: 3 }] })).toMatchObject({
      __typename: 'Cart', version: 3, lines: [{ offerId: mug.offerId, quantity: 5 }, { offerId: bowl.offerId, quantity: 1 }],
      groups: [{ vendorId: mug.vendorId, weightGrams: 1_500, lines: [{}] }, { vendorId: bowl.vendorId, weightGrams: null, lines: [{}] }],
    });
  });

  it('adds once under one key, and refuses the key for other lines', async () => {
    const { shopper } = rig.shop();
    const { offerId } = await rig.offer(shopper);
    const { id: cartId } = await rig.open(shopper);
    const wish = { cartId, lines: [{ offerId, quantity: 2 }], idempotencyKey: 'once' };
    const [first, second] = await Promise.all([rig.mutate(shopper, 'addCartLines', wish), rig.mutate(shopper, 'addCartLines', wish)]);
    expect([first, second]).toMatchObject([{ lines: [{ quantity: 2 }] }, { lines: [{ quantity: 2 }] }]);
    await expect(rig.mutate(shopper, 'addCartLines', { ...wish, lines: [{ offerId, quantity: 3 }] })).rejects.toThrow(/^IDEMPOTENCY_KEY_REUSED/);
    expect(await rig.cart(shopper, cartId)).toMatchObject({ lines: [{ quantity: 2 }] });
  });

  it('adds nothing at all where one of the offers cannot be bought, and says why', async () => {
    const { shopper } = rig.shop();
    const [good, paused, hidden, closed] = [await rig.offer(shopper), await rig.offer(shopper, { status: 'PAUSED' }), await rig.offer(shopper), await rig.offer(shopper)];
    await rig.hideProduct(shopper, hidden.productId);
    await rig.vendor(shopper, closed.vendorId, false);
    const { id: cartId } = await rig.open(shopper);
    const why = async (offerId: string) => (await rig.mutate(shopper, 'addCartLines', { cartId, lines: [{ offerId: good.offerId, quantity: 1 }, { offerId, quantity: 1 }] }))['unavailable'];
    expect(await Promise.all([paused.offerId, hidden.offerId, closed.offerId, newId('ofr')].map(why))).toEqual(['NOT_FOR_SALE', 'NOT_FOR_SALE', 'VENDOR_CLOSED', 'UNKNOWN']);
    expect(await rig.cart(shopper, cartId)).toMatchObject({ lines: [] });
  });

  it('asks the catalogue of an offer that nobody spoke of yet', async () => {
    const { shopper } = rig.shop();
    const [offerId, vendorId] = [newId('ofr'), newId('ven')];
    rig.answer(catalogDescribe, ({ offerIds }) => ({ offers: offerIds.includes(offerId) ? [{ ...describedOffer, offerId, vendorId }] : [] }));
    expect(await rig.filled(shopper, { offerId })).toMatchObject({ groups: [{ vendorId }] });
  });

  it('asks the catalogue before it refuses what may be for sale again, which was not heard yet', async () => {
    const { shopper } = rig.shop();
    const [paused, hidden, closed] = [await rig.offer(shopper, { status: 'PAUSED' }), await rig.offer(shopper), await rig.offer(shopper, { status: 'PAUSED' })];
    await rig.hideProduct(shopper, hidden.productId);
    await rig.vendor(shopper, closed.vendorId, false);
    const all = [paused, hidden, closed];
    rig.answer(catalogDescribe, ({ offerIds }) => ({ offers: all.filter(({ offerId }) => offerIds.includes(offerId)).map(({ offerId, vendorId }) => ({ ...describedOffer, offerId, vendorId })) }));
    const { id: cartId } = await rig.open(shopper);
    const add = (offers: readonly { offerId: string }[]) => rig.mutate(shopper, 'addCartLines', { cartId, lines: offers.map(({ offerId }) => ({ offerId, quantity: 1 })) });
    expect(await add([paused, hidden])).toMatchObject({ __typename: 'Cart', lines: [{}, {}] });
    expect(await add([closed])).toMatchObject({ unavailable: 'VENDOR_CLOSED' });
  });

  it('keeps to what one order may have of an offer, and to a hundred lines', async () => {
    const { shopper } = rig.shop();
    const few = await rig.offer(shopper, { maxPerOrder: 3 });
    const cart = await rig.filled(shopper, { offerId: few.offerId, quantity: 2 });
    expect(await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: [{ offerId: few.offerId, quantity: 2 }] })).toMatchObject({ __typename: 'OverMaximum', requested: 4, max: 3 });
    const many = await Promise.all(Array.from({ length: 100 }, () => rig.offer(shopper)));
    expect(await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: many.map(({ offerId }) => ({ offerId, quantity: 1 })) })).toMatchObject({ __typename: 'TooManyLines', max: 100 });
    expect(await rig.mutate(shopper, 'addCartLines', { cartId: cart.id, lines: many.slice(1).map(({ offerId }) => ({ offerId, quantity: 1 })) })).toMatchObject({ __typename: 'Cart' });
  });

  it('refuses quantities that are none, and lists that are empty or too long, with the place in the input', async () => {
    const { shopper } = rig.shop();
    const { offerId } = await rig.offer(shopper);
    const { id: cartId } = await rig.open(shopper);
    for (const quantity of [0, -1, 1_000_000_001]) await expect(rig.mutate(shopper, 'addCartLines', { cartId, lines: [{ offerId, quantity }] })).rejects.toThrow(/^BAD_USER_INPUT: .*input.lines.0.quantity/);
    await expect(rig.mutate(shopper, 'addCartLines', { cartId, lines: [] })).rejects.toThrow(/^BAD_USER_INPUT: .*input.lines/);
    await expect(rig.mutate(shopper, 'addCartLines', { cartId, lines: Array.from({ length: 101 }, () => ({ offerId, quantity: 1 })) })).rejects.toThrow(/^BAD_USER_INPUT/);
    expect(await rig.cart(shopper, cartId)).toMatchObject({ version: 1, lines: [] });
  });

  it('loses no piece when many add at the same time', async () => {
    const { shopper } = rig.shop();
    const { offerId } = await rig.offer(shopper);
    const { id: cartId } = await rig.open(shopper);
    await Promise.all(Array.from({ length: 20 }, () => rig.mutate(shopper, 'addCartLines', { cartId, lines: [{ offerId, quantity: 1 }] })));
    expect(await rig.cart(shopper, cartId)).toMatchObject({ lines: [{ quantity: 20 }] });
  });
});

describe('changeCartLine', () => {
  it('sets the pieces of a line, takes it out at 0, and its group with it [CART-01]', async () => {
    const { shopper } = rig.shop();
    const [mug, bowl] = [await rig.offer(shopper, { maxPerOrder: 9 }), await rig.offer(shopper)];
    const cart = await rig.filled(shopper, mug, bowl);
    const [line] = cart.lines;
    expect(await rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId: line?.id, quantity: 9 })).toMatchObject({ lines: [{ quantity: 9 }, {}] });
    expect(await rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId: line?.id, quantity: 10 })).toMatchObject({ __typename: 'OverMaximum', max: 9 });
    expect(await rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId: line?.id, quantity: 0 })).toMatchObject({ lines: [{ offerId: bowl.offerId }], groups: [{ vendorId: bowl.vendorId }] });
    await expect(rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId: line?.id, quantity: 1 })).rejects.toThrow('NOT_FOUND: No such line in this cart.');
  });

  it('lets one take fewer, never more, of what cannot be bought any more', async () => {
    const { shopper } = rig.shop();
    const mug = await rig.offer(shopper);
    const cart = await rig.filled(shopper, { ...mug, quantity: 3 });
    await rig.vendor(shopper, mug.vendorId, false);
    const lineId = cart.lines[0]?.id;
    expect(await rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId, quantity: 4 })).toMatchObject({ __typename: 'OfferUnavailable', unavailable: 'VENDOR_CLOSED' });
    expect(await rig.mutate(shopper, 'changeCartLine', { cartId: cart.id, lineId, quantity: 2 })).toMatchObject({ lines: [{ quantity: 2 }] });
  });
});

describe('removeCartLine', () => {
  it('takes a line out, and out it stays when asked again', async () => {
    const { shopper } = rig.shop();
    const cart = await rig.filled(shopper, await rig.offer(shopper));
    const input = { cartId: cart.id, lineId: cart.lines[0]?.id };
    expect(await rig.mutate(shopper, 'removeCartLine', input)).toMatchObject({ version: 3, lines: [], groups: [] });
    expect(await rig.mutate(shopper, 'removeCartLine', input)).toMatchObject({ version: 3, lines: [] });
  });
});

const describedOffer = {
  productId: 'p', variantId: 'v', title: 'Mug', variantTitle: 'Mug', sku: 'M', vendorSku: 'A-M', options: [], productType: 't', taxClass: 'standard', weightGrams: null, maxPerOrder: null,
  shippingProfile: 'standard', categoryPaths: [], imageUrl: null, whyNot: null,
};
