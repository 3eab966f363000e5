import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inventoryReserve } from '@haat/schema/asks/inventory';
import { paymentCheck, paymentOpen } from '@haat/schema/asks/payments';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { vendorDescribe } from '@haat/schema/asks/vendors';
import { deliveryMinor, OrdersRig, pieceMinor } from '../testing/orders-rig.js';

let rig: OrdersRig;
beforeAll(async () => { rig = await OrdersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.reset());

const orders = (tenantId: string) => rig.subgraph.query<{ id: string; number: string }>('select id, number from orders.placed_order where tenant_id = $1', [tenantId]);
const nothingHeld = (cartId: string) => expect([rig.held.carts.has(cartId), rig.held.stock.size, rig.held.coupons.size]).toEqual([false, 0, 0]);

describe('placeOrder', () => {
  it('writes an order with a part for each vendor, numbers of both, and a commission that is frozen', async () => {
    const buyer = rig.buyer();
    const order = await rig.place(buyer);
    expect(order).toMatchObject({
      __typename: 'Order', status: 'PENDING_PAYMENT', totals: { total: { minor: buyer.totalMinor } }, lines: [{ quantity: 1 }, { quantity: 2 }],
      vendorOrders: [{ number: 'VENDOR-0-1001', status: 'PENDING_PAYMENT', amountToCollect: null, commission: null, lines: [{}] }, { number: 'VENDOR-1-1001', lines: [{}] }],
    });
    expect(order['number']).toBe(`${buyer.asker.tenant.slug.toUpperCase()}-1001`);
    const said = await rig.subgraph.events(buyer.asker.tenant.id);
    expect(said.map(({ type }) => type)).toEqual(['orders.order-placed', 'orders.vendor-order-changed', 'orders.vendor-order-changed']);
    expect(JSON.stringify(said)).not.toContain('ann@example.com');
    expect(said[1]?.payload).toMatchObject({ commission: { netMinor: pieceMinor / 10 }, totals: { totalMinor: pieceMinor + deliveryMinor } });
    rig.held.stock.clear();
  });

  it('answers the same order to the same key, however many ask at once, and to another key for the same cart [EVT-07]', async () => {
    const buyer = rig.buyer();
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => rig.place(buyer)));
    const placed = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value['id']] : []));
    expect(placed.length).toBeGreaterThan(0);
    for (const answer of answers) if (answer.status === 'rejected') expect(String(answer.reason)).toMatch(/CONFLICT_IN_PROGRESS/);
    expect((await rig.place(buyer))['id']).toBe(placed[0]);
    expect((await rig.place(buyer, { idempotencyKey: 'two' }))['id']).toBe(placed[0]);
    expect(await orders(buyer.asker.tenant.id)).toHaveLength(1);
    await expect(rig.place(buyer, { note: 'Another wish.' })).rejects.toThrow(/^IDEMPOTENCY_KEY_REUSED/);
    expect(rig.times(inventoryReserve)).toBe(1);
    rig.held.stock.clear();
  });

  it('charges nothing but what the buyer saw, to the unit', async () => {
    const buyer = rig.buyer();
    const outcome = await rig.place(buyer, { expectedTotal: { minor: buyer.totalMinor - 1, currency: buyer.cart.currency } });
    expect(outcome).toMatchObject({ __typename: 'PriceChanged', expected: { minor: buyer.totalMinor - 1 }, actual: { minor: buyer.totalMinor }, lines: [{ unitPrice: { minor: pieceMinor } }, {}] });
    nothingHeld(buyer.cart.cartId);
    expect(await rig.place(buyer, { expectedTotal: { minor: buyer.totalMinor - 1, currency: buyer.cart.currency } })).toEqual(outcome);
    expect(await rig.place(buyer, { idempotencyKey: 'again' })).toMatchObject({ __typename: 'Order' });
    rig.held.stock.clear();
  });

  it('gives everything back where not all is left, and says how much is', async () => {
    const buyer = rig.buyer();
    const [line] = buyer.cart.lines;
    rig.answer(inventoryReserve, ({ lines }) => ({ outcome: 'SHORT' as const, lines: [{ lineId: lines[0]?.lineId ?? '', offerId: lines[0]?.offerId ?? '', requested: 1, available: 0 }] }));
    expect(await rig.place(buyer)).toMatchObject({ __typename: 'OutOfStock', lines: [{ cartLineId: line?.lineId, requested: 1, available: 0 }] });
    nothingHeld(buyer.cart.cartId);
    expect(await orders(buyer.asker.tenant.id)).toEqual([]);
  });

  it('names everything that a cart lacks, and takes nothing', async () => {
    const buyer = rig.buyer({ contact: null, shippingAddress: null });
    expect(await rig.place(buyer)).toMatchObject({ __typename: 'CartNotReady', problems: [{ code: 'CONTACT_MISSING' }, { code: 'ADDRESS_MISSING' }] });
    const unchosen = rig.buyer();
    rig.carts.set(unchosen.cart.cartId, { ...unchosen.cart, groups: unchosen.cart.groups.map((group) => ({ ...group, shippingMethodId: null })) });
    expect(await rig.place(unchosen)).toMatchObject({ __typename: 'CartNotReady', problems: [{ code: 'SHIPPING_NOT_CHOSEN' }, { code: 'SHIPPING_NOT_CHOSEN' }] });
    const empty = rig.buyer({ contact: null, lines: [], groups: [] });
    expect(await rig.place(empty)).toMatchObject({ __typename: 'CartNotReady', problems: [{ code: 'OFFER_UNAVAILABLE', cure: 'Put something into it with addCartLines.' }] });
    expect(rig.times(inventoryReserve)).toBe(0);
    nothingHeld(unchosen.cart.cartId);
  });

  it('does not sell for a vendor that is closed', async () => {
    const buyer = rig.buyer();
    rig.answer(vendorDescribe, ({ vendorIds }) => ({ vendors: vendorIds.map((vendorId, at) => ({ vendorId, slug: 'v', name: 'V', openNow: at > 0, whyClosed: at > 0 ? null : 'SUSPENDED' as const, minimumOrderMinor: null, acceptsAfterHours: null })) }));
    expect(await rig.place(buyer)).toMatchObject({ __typename: 'VendorClosed' });
    nothingHeld(buyer.cart.cartId);
  });

  it('is refused where it cannot be paid as wished, with nothing taken or written', async () => {
    const buyer = rig.buyer();
    rig.answer(paymentCheck, ({ choice, currency, amountMinor }) => ({ outcome: 'NOT_OFFERED' as const, code: 'amount_too_large' as const, why: `No ${choice} over ${amountMinor} ${currency}.` }));
    expect(await rig.place(buyer, { payWith: 'CASH_ON_DELIVERY' })).toMatchObject({ __typename: 'CartNotReady', message: `No CASH_ON_DELIVERY over ${buyer.totalMinor} EUR.`, problems: [{ code: 'PAYMENT_NOT_OFFERED' }] });
    expect(rig.times(inventoryReserve)).toBe(0);
    nothingHeld(buyer.cart.cartId);
    expect(await orders(buyer.asker.tenant.id)).toEqual([]);
    rig.answer(paymentCheck, () => { throw new Error('away'); });
    expect(await rig.place(buyer, { idempotencyKey: 'two' })).toMatchObject({ __typename: 'Order' });
    rig.held.stock.clear();
  });

  it('lets an order stand whose payment was refused or cannot be opened yet', async () => {
    const refused = rig.buyer();
    rig.answer(paymentOpen, () => ({ outcome: 'REFUSED' as const, paymentId: 'pay_1', expiresAt: rig.clock.now().toISOString(), code: 'card_declined' }));
    expect(await rig.place(refused)).toMatchObject({ __typename: 'PaymentNotOpened', order: { status: 'PENDING_PAYMENT' } });
    const away = rig.buyer();
    rig.answer(paymentOpen, () => { throw new Error('away'); });
    expect(await rig.place(away)).toMatchObject({ __typename: 'Order', status: 'PENDING_PAYMENT' });
    rig.held.stock.clear();
  });

  it('collects at the door what each vendor sends, where it is paid in cash', async () => {
    const order = await rig.place(rig.buyer(), { payWith: 'CASH_ON_DELIVERY' });
    expect(order).toMatchObject({ vendorOrders: [{ amountToCollect: { minor: pieceMinor + deliveryMinor } }, { amountToCollect: { minor: 2 * pieceMinor + deliveryMinor } }] });
    rig.held.stock.clear();
  });

  it('undoes what a neighbour broke off, and can be tried again by the same key', async () => {
    const buyer = rig.buyer();
    rig.answer(inventoryReserve, ({ orderId }) => { rig.held.stock.add(orderId); throw new Error('The answer was lost.'); });
    await expect(rig.place(buyer)).rejects.toThrow();
    nothingHeld(buyer.cart.cartId);
    rig.reset();
    expect(await rig.place(buyer)).toMatchObject({ __typename: 'Order' });
    expect(await orders(buyer.asker.tenant.id)).toHaveLength(1);
    rig.held.stock.clear();
  });

  it('makes one order of one key, though several carts come with it at the same moment', async () => {
    for (let times = 0; times < 6; times += 1) {
      const buyer = rig.buyer();
      const others = Array.from({ length: 7 }, () => ({ ...buyer, cart: rig.buyer({ buyer: buyer.cart.buyer }).cart }));
      const outcomes = await Promise.allSettled([buyer, ...others].map((one) => rig.place(one)));
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason).split(':')[1]?.trim()] : []));
      expect(refused).toEqual(Array.from({ length: 7 }, () => 'IDEMPOTENCY_KEY_REUSED'));
      expect(await orders(buyer.asker.tenant.id)).toHaveLength(1);
    }
    rig.held.stock.clear();
  });

  it('leaves what cannot be undone now to the job, which gives it back', async () => {
    const buyer = rig.buyer();
    rig.answer(inventoryReserve, ({ orderId }) => { rig.held.stock.add(orderId); throw new Error('away'); });
    rig.answers.set('inventory.inventory.release.v1', () => { throw new Error('away'); });
    await expect(rig.place(buyer)).rejects.toThrow();
    expect(rig.held.carts.has(buyer.cart.cartId)).toBe(true);
    rig.reset();
    rig.clock.advance(61_000);
    await rig.subgraph.runJob('end-left-checkouts');
    nothingHeld(buyer.cart.cartId);
    expect(await rig.place(buyer)).toMatchObject({ __typename: 'Order' });
    rig.held.stock.clear();
  });

  it('answers a key that came to nothing with the order that another key made of the cart since', async () => {
    const buyer = rig.buyer();
    rig.answer(inventoryReserve, () => { throw new Error('away'); });
    await expect(rig.place(buyer)).rejects.toThrow();
    rig.answers.set('inventory.inventory.release.v1', () => { throw new Error('away'); });
    await expect(rig.place(buyer, { idempotencyKey: 'two' })).rejects.toThrow();
    rig.reset();
    await expect(rig.place(buyer)).rejects.toThrow(/^CONFLICT_IN_PROGRESS/);
    rig.clock.advance(61_000);
    await rig.subgraph.runJob('end-left-checkouts');
    const order = await rig.place(buyer, { idempotencyKey: 'two' });
    expect(order).toMatchObject({ __typename: 'Order' });
    expect((await rig.place(buyer))['id']).toBe(order['id']);
    expect(await orders(buyer.asker.tenant.id)).toHaveLength(1);
    rig.held.stock.clear();
  });

  it('refuses amounts and keys that are none, before anything is asked', async () => {
    const buyer = rig.buyer();
    await expect(rig.place(buyer, { expectedTotal: { minor: -1, currency: 'EUR' } })).rejects.toThrow(/^BAD_USER_INPUT: .*expectedTotal/);
    await expect(rig.place(buyer, { idempotencyKey: '' })).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(rig.place(buyer, { note: 'x'.repeat(501) })).rejects.toThrow(/^BAD_USER_INPUT/);
    expect(rig.times(pricingQuote)).toBe(0);
  });

  it('is seen by its buyer and operators, and by nobody else', async () => {
    const buyer = rig.buyer();
    const { id } = await rig.place(buyer);
    const query = 'query($id: ID!) { order(id: $id) { id } myOrders { nodes { id } } }';
    expect(await rig.read(buyer.asker, query, { id })).toEqual({ order: { id }, myOrders: { nodes: [{ id }] } });
    for (const stranger of [{ ...rig.buyer().asker, tenant: buyer.asker.tenant }, { tenant: buyer.asker.tenant }, { ...buyer.asker, tenant: rig.buyer().asker.tenant }]) {
      expect(await rig.read(stranger, query, { id })).toEqual({ order: null, myOrders: { nodes: [] } });
    }
    rig.held.stock.clear();
  });
});
