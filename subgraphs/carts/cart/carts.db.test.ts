import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressRead } from '@haat/schema/asks/identity';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { userErased } from '@haat/schema/events/identity';
import { newId } from '@haat/kit/id';
import type { Viewer } from '@haat/kit/identity';
import { unavailable } from '@haat/kit/refusal';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { CartsRig, emptyQuote } from '../testing/carts-rig.js';

let rig: CartsRig;
beforeAll(async () => { rig = await CartsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const dhaka = { line1: 'House 12, Road 5', city: 'Dhaka', postalCode: '1205', country: 'BD', phone: '01712345678' };

describe('openCart', () => {
  it('gives a person one cart whatever they ask, and a guest one with a secret, shown once [CART-02, CART-03]', async () => {
    const { shopper, guest } = rig.shop();
    const opened = await Promise.all(Array.from({ length: 5 }, () => rig.open(shopper)));
    expect(new Set(opened.map(({ id, secret }) => `${id} ${secret}`)).size).toBe(1);
    const { id, secret } = await rig.open(guest);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const holder = rig.holding(guest, secret ?? '');
    expect(await rig.open(holder)).toMatchObject({ id, secret: null });
    expect(await rig.read(holder, '{ myCart { id } }')).toEqual({ myCart: { id } });
    expect(await rig.read(guest, '{ myCart { id } }')).toEqual({ myCart: null });
  });

  it('shows a cart to its owner and to nobody else', async () => {
    const [here, there] = [rig.shop(), rig.shop()];
    const mug = await rig.offer(here.shopper);
    const cart = await rig.filled(here.shopper, mug);
    const another = { ...here.shopper, viewer: rig.shop().shopper.viewer };
    for (const stranger of [another, here.guest, there.shopper, rig.holding(here.guest, 'x'.repeat(43)), { ...here.shopper, tenant: there.tenant }]) {
      expect(await rig.cart(stranger, cart.id)).toBeNull();
      await expect(rig.mutate(stranger, 'addCartLines', { cartId: cart.id, lines: [{ offerId: mug.offerId, quantity: 1 }] })).rejects.toThrow('NOT_FOUND: No such cart.');
    }
    expect(await rig.cart(here.shopper, cart.id)).toMatchObject({ lines: [{ quantity: 1 }] });
  });
});

describe('a cart that nobody touches', () => {
  it('is given up by its kind, said to be left alone once, and forgets its people [CART-04]', async () => {
    const { shopper, guest, tenant } = rig.shop();
    const empty = await rig.open(guest);
    const cart = await rig.filled(shopper, await rig.offer(shopper));
    await rig.mutate(shopper, 'setCartContact', { cartId: cart.id, email: ' Ann@Example.COM ', name: 'Ann' });
    await rig.subgraph.runJob('abandon-carts');
    rig.clock.advance(5 * 3_600_000);
    for (let run = 0; run < 2; run += 1) await rig.subgraph.runJob('abandon-carts');
    expect((await rig.subgraph.events(tenant.id)).filter(({ type }) => type === 'carts.cart-abandoned')).toMatchObject([{ payload: { cartId: cart.id, lines: [{ quantity: 1 }] } }]);
    rig.clock.advance(2 * 3_600_000);
    await rig.subgraph.runJob('expire-carts');
    expect(await rig.mutate(rig.holding(guest, empty.secret ?? ''), 'setCartContact', { cartId: empty.id, email: 'a@b.example' })).toMatchObject({ __typename: 'CartNotOpen', notOpen: 'EXPIRED' });
    rig.clock.advance(90 * 24 * 3_600_000);
    await rig.subgraph.runJob('expire-carts');
    const [row] = await rig.subgraph.query<{ state: string; contact: unknown }>('select state, contact from carts.cart where id = $1', [cart.id]);
    expect(row).toEqual({ state: 'EXPIRED', contact: null });
    expect((await rig.open(shopper)).id).not.toBe(cart.id);
  });

  it('forgets a person who was erased', async () => {
    const { shopper, tenant } = rig.shop();
    const cart = await rig.filled(shopper, await rig.offer(shopper));
    await rig.mutate(shopper, 'setCartContact', { cartId: cart.id, email: 'ann@example.com' });
    const userId = shopper.viewer?.userId ?? '';
    await rig.subgraph.hear(userErased, tenant.id, { aggregate: { id: userId, version: 2 }, payload: { userId } });
    expect(await rig.subgraph.query('select state, contact from carts.cart where id = $1', [cart.id])).toEqual([{ state: 'EXPIRED', contact: null }]);
  });
});

describe('mergeCarts', () => {
  it('sums a guest\'s goods into the person\'s own, up to what an order may have, and closes the guest\'s [CART-05]', async () => {
    const { shopper, guest } = rig.shop();
    const [mug, bowl] = [await rig.offer(shopper, { maxPerOrder: 5 }), await rig.offer(shopper)];
    const { id, secret } = await rig.open(guest);
    const holder = rig.holding(guest, secret ?? '');
    await rig.mutate(holder, 'addCartLines', { cartId: id, lines: [{ offerId: mug.offerId, quantity: 4 }, { offerId: bowl.offerId, quantity: 1 }] });
    await rig.filled(shopper, { ...mug, quantity: 3 });
    const both = rig.alsoHolding(shopper, secret ?? '');
    expect(await rig.mutate(both, 'mergeCarts', { cartId: id })).toMatchObject({ cart: { lines: [{ offerId: mug.offerId, quantity: 5 }, { offerId: bowl.offerId, quantity: 1 }] }, cut: [{ offerId: mug.offerId, quantity: 2 }] });
    expect(await rig.mutate(both, 'mergeCarts', { cartId: id })).toMatchObject({ __typename: 'CartNotOpen', notOpen: 'MERGED' });
    await expect(rig.mutate(shopper, 'mergeCarts', { cartId: id })).rejects.toThrow(/^NOT_FOUND/);
    await expect(rig.mutate(holder, 'mergeCarts', { cartId: id })).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('contact and addresses', () => {
  it('are kept tidied, and what is not said stays', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.open(shopper);
    await rig.mutate(shopper, 'setCartContact', { cartId, email: ' Ann@Example.COM ', phone: '+880 1712-345678', note: 'Ring twice.' });
    expect(await rig.mutate(shopper, 'setCartContact', { cartId, name: 'Ann' })).toMatchObject({ contact: { email: 'ann@example.com', phone: '+8801712345678', name: 'Ann' }, note: 'Ring twice.' });
    for (const wrong of [{ email: 'nobody' }, { phone: '12' }, { name: 'x'.repeat(121) }, { note: 'a\u0000b' }]) {
      await expect(rig.mutate(shopper, 'setCartContact', { cartId, ...wrong })).rejects.toThrow(/^BAD_USER_INPUT/);
    }
  });

  it('name a region that taxes are known by where they follow it; where nobody can say so, the order does', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.filled(shopper, await rig.offer(shopper));
    rig.answer(pricingQuote, ({ destination }) => ({ ...emptyQuote, regionsExpected: destination?.region === 'New York' ? ['NY'] : [] }));
    const brooklyn = { line1: '1 Court Street', city: 'Brooklyn', region: 'New York', postalCode: '11201', country: 'US' };
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: brooklyn })).toMatchObject({ __typename: 'CartAddressInvalid', faults: [{ address: 'shipping', part: 'region', message: expect.stringContaining('such as NY') }] });
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: { ...brooklyn, region: 'NY' } })).toMatchObject({ shippingAddress: { city: 'Brooklyn' } });
    rig.answer(pricingQuote, () => { throw unavailable('pricing'); });
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: brooklyn })).toMatchObject({ shippingAddress: { city: 'Brooklyn' } });
    rig.answer(pricingQuote, () => emptyQuote);
  });

  it('follow their country\'s rules; billing is as shipping unless said otherwise', async () => {
    const { shopper } = rig.shop();
    const cart = await rig.filled(shopper, await rig.offer(shopper));
    const cartId = cart.id;
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: { line1: 'x', country: 'SE' } })).toMatchObject({ __typename: 'CartAddressInvalid', faults: [{ address: 'shipping', part: 'city' }, { part: 'postalCode' }] });
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: dhaka })).toMatchObject({ shippingAddress: { city: 'Dhaka', phone: '+8801712345678' }, billingAddress: { city: 'Dhaka' }, groups: [{ destination: { city: 'Dhaka' } }] });
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: dhaka, billing: { ...dhaka, city: 'Sylhet' } })).toMatchObject({ billingAddress: { city: 'Sylhet' } });
    await expect(rig.mutate(shopper, 'setCartAddress', { cartId })).rejects.toThrow(/either shipping or savedAddressId/);
  });

  it('come from the person\'s saved ones, and nobody else\'s are there', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.open(shopper);
    const address = { name: 'Ann', company: null, line1: 'Storgatan 5', line2: null, city: 'Stockholm', district: null, region: null, postalCode: '114 55', country: 'SE', phone: null };
    rig.answer(addressRead, ({ savedAddressId }) => ({ address: savedAddressId === 'adr_own' ? address : null }));
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, savedAddressId: 'adr_own' })).toMatchObject({ shippingAddress: { city: 'Stockholm' } });
    await expect(rig.mutate(shopper, 'setCartAddress', { cartId, savedAddressId: 'adr_other' })).rejects.toThrow('NOT_FOUND: No such saved address.');
  });

  it('take the chosen shipping away when the place changes', async () => {
    const { shopper } = rig.shop();
    const mug = await rig.offer(shopper);
    const { id: cartId } = await rig.filled(shopper, mug);
    await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: dhaka });
    expect(await rig.mutate(shopper, 'chooseShipping', { cartId, vendorId: mug.vendorId, shippingMethodId: 'smt_1' })).toMatchObject({ groups: [{ chosenShippingMethodId: 'smt_1' }] });
    expect(await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: { ...dhaka, city: 'Sylhet' } })).toMatchObject({ groups: [{ chosenShippingMethodId: null }] });
    await expect(rig.mutate(shopper, 'chooseShipping', { cartId, vendorId: 'ven_none', shippingMethodId: 'smt_1' })).rejects.toThrow(/^NOT_FOUND/);
  });
});

describe('setCartMetadata', () => {
  const entries = [{ key: 'source', value: 'app', isPrivate: false }, { key: 'crm', value: '7', isPrivate: true }];
  const facts = 'mutation($input: SetCartMetadataInput!) { setCartMetadata(input: $input) { ... on Cart { id note contact { email } shippingAddress { line1 } billingAddress { line1 } groups { destination { city } } metadata { key } } } }';
  const set = async (asker: TestAsker, cartId: string) => (await rig.read<{ setCartMetadata: object }>(asker, facts, { input: { cartId, entries } })).setCartMetadata;
  const program = ({ tenant }: TestAsker, rights: Partial<Viewer>, more: Partial<Viewer> = {}): TestAsker => ({ tenant, viewer: { kind: 'TOKEN', tokenId: newId('tok'), roles: ['PARTNER'], grants: [], vendors: [], ...rights, ...more } });
  const atVendor = { vendors: [{ id: 'ven_1', grants: ['orders.manage'] }] };

  it('is for operators and programs that look after the orders of the whole marketplace, who learn nothing of the buyer by it', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.filled(shopper, await rig.offer(shopper));
    await rig.mutate(shopper, 'setCartContact', { cartId, email: 'ann@example.com', note: 'Ring twice.' });
    await rig.mutate(shopper, 'setCartAddress', { cartId, shipping: dhaka });
    for (const rights of [{}, { grants: ['orders.read'] }, atVendor]) await expect(set(program(shopper, rights), cartId)).rejects.toThrow('NOT_FOUND: No such cart.');
    const bare = { id: cartId, note: null, contact: null, shippingAddress: null, billingAddress: null, groups: [{ destination: null }], metadata: [{ key: 'source' }, { key: 'crm' }] };
    for (const asker of [program(shopper, { grants: ['orders.manage'] }), { ...shopper, viewer: testViewer(newId('usr'), ['OPERATOR']) }]) expect(await set(asker, cartId)).toEqual(bare);
    expect(await set(shopper, cartId)).toEqual({ id: cartId, note: 'Ring twice.', contact: { email: 'ann@example.com' }, shippingAddress: { line1: dhaka.line1 }, billingAddress: { line1: dhaka.line1 }, groups: [{ destination: { city: 'Dhaka' } }], metadata: [{ key: 'source' }] });
  });

  it('keeps private facts from programs of one vendor', async () => {
    const { guest } = rig.shop();
    const { id: cartId, secret } = await rig.open(guest);
    await set(program(guest, { grants: ['orders.manage'] }), cartId);
    const { viewer } = rig.holding(guest, secret ?? '');
    const read = (asker: TestAsker) => rig.read(asker, 'query($id: ID!) { cart(id: $id) { metadata { key } } }', { id: cartId });
    expect(await read(program(guest, atVendor, { guestKey: viewer?.guestKey }))).toEqual({ cart: { metadata: [{ key: 'source' }] } });
    expect(await read(program(guest, { grants: ['orders.read'] }, { guestKey: viewer?.guestKey }))).toEqual({ cart: { metadata: [{ key: 'source' }, { key: 'crm' }] } });
  });
});

describe('applyCoupon', () => {
  const quote = (rejected: readonly object[]) => ({ currency: 'BDT', taxIncluded: false, lines: [], vendors: [], totals: { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 }, applied: [], rejected, redemptions: [], quotas: [], budgets: [], trace: [], withoutPrice: [] });

  it('keeps a code that gives something, in whatever case it was written, and takes it off again [CART-06]', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.filled(shopper, await rig.offer(shopper));
    rig.answer(pricingQuote, () => quote([]) as never);
    await rig.mutate(shopper, 'applyCoupon', { cartId, code: ' welcome10 ' });
    expect(await rig.mutate(shopper, 'applyCoupon', { cartId, code: 'WELCOME10' })).toMatchObject({ couponCodes: ['WELCOME10'] });
    expect(await rig.mutate(shopper, 'removeCoupon', { cartId, code: 'welcome10' })).toMatchObject({ couponCodes: [] });
  });

  it('says why a code gives nothing and what is missing, and keeps the cart as it was [CART-06]', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.filled(shopper, await rig.offer(shopper));
    rig.answer(pricingQuote, ({ couponCodes }) => quote(couponCodes.map((couponCode) => ({ promotionId: null, couponCode, name: 'x', reason: 'BELOW_MINIMUM', missingMinor: 32_000, missingQuantity: null }))) as never);
    expect(await rig.mutate(shopper, 'applyCoupon', { cartId, code: 'BIG' })).toMatchObject({ __typename: 'CouponRejected', rejected: 'BELOW_MINIMUM', missing: { minor: 32_000 } });
    expect(await rig.cart(shopper, cartId)).toMatchObject({ couponCodes: [] });
  });

  it('knows a code by what pricing makes of it, and refuses one that is too long made so', async () => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.filled(shopper, await rig.offer(shopper));
    rig.answer(pricingQuote, (wish) => quote(pricingQuote.input.parse(wish).couponCodes.map((code) => ({ promotionId: null, couponCode: code.normalize('NFC'), name: 'x', reason: 'UNKNOWN', missingMinor: null, missingQuantity: null }))) as never);
    expect(await rig.mutate(shopper, 'applyCoupon', { cartId, code: '\u0390-TEN' })).toMatchObject({ __typename: 'CouponRejected', rejected: 'UNKNOWN' });
    await expect(rig.mutate(shopper, 'applyCoupon', { cartId, code: '\u00df'.repeat(64) })).rejects.toThrow(/^BAD_USER_INPUT/);
  });

  it.each([['SHIPPING_METHOD', 'Cart'], ['PAYMENT', 'Cart'], ['BUYER', 'CouponRejected'], [null, 'CouponRejected']])('where the code fails by the condition %s, which a buyer chooses later or not, answers %s [CART-06]', async (condition, answered) => {
    const { shopper } = rig.shop();
    const { id: cartId } = await rig.filled(shopper, await rig.offer(shopper));
    rig.answer(pricingQuote, ({ couponCodes }) => quote(couponCodes.map((couponCode) => ({ promotionId: null, couponCode, name: 'x', reason: 'NOT_ELIGIBLE', condition, missingMinor: null, missingQuantity: null }))) as never);
    expect(await rig.mutate(shopper, 'applyCoupon', { cartId, code: 'EXPRESS' })).toMatchObject({ __typename: answered });
  });
});

describe('references', () => {
  it('find groups and carts by their keys with one statement however many there are, the owner\'s only', async () => {
    const { shopper, guest } = rig.shop();
    const cart = await rig.filled(shopper, await rig.offer(shopper), await rig.offer(shopper));
    const representations = [...cart.groups.map(({ id }) => ({ __typename: 'CartGroup', id })), { __typename: 'Cart', id: cart.id }];
    const query = 'query($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on CartGroup { vendorId } ... on Cart { version } } }';
    expect(await rig.read(shopper, query, { representations })).toMatchObject({ _entities: [{ vendorId: cart.groups[0]?.vendorId }, { vendorId: cart.groups[1]?.vendorId }, { version: 2 }] });
    expect(await rig.read(guest, query, { representations })).toEqual({ _entities: [null, null, null] });
  });
});
