import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { asGuest, orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { caughtMail } from '../support/caught-mail.js';
import { codeOf, dataOf, type Asker } from '../support/graph.js';
import { levelIs } from '../support/level-of.js';
import { mailTo } from '../support/mailbox.js';
import { mutate, type Outcome } from '../support/mutate.js';
import { paidIs } from '../support/paid-of.js';
import { payIntent } from '../support/pay-intent.js';
import { sendPart, track } from '../support/send-part.js';
import { demoPassword, newShopper, signIn, someAddress, someEmail, type Person } from '../support/sign-in.js';
import { sellerId, shopOfTwo, type BuyableOffer } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** How long news may take on a busy machine, in milliseconds. */
const heardWithinMs = 30_000;

/** The same while everybody still hears of the products of a large file. */
const fileHeardWithinMs = 120_000;

/** Products of the merchant's file. */
const rowsOfFile = 5_000;

describe('newcomers', () => {
  let marketplace: TestMarketplace;
  beforeAll(async () => { marketplace = await startTestMarketplace({}, { seeds: sellersToo }); }, 120_000);
  afterAll(() => marketplace?.close());

  const act = (who: Asker, field: string, input: Record<string, unknown>, select = '') => mutate(marketplace.door, who, field, input, `${select} ... on Problem { message }`);
  const ask = async <D>(who: Asker, query: string, variables: Record<string, unknown> = {}): Promise<D> => dataOf(await marketplace.door.ask<D>(who, query, variables));
  /** Does something that other parts must hear of first, until it succeeds. Each try is a wish of its own: a key keeps its answer. */
  const actSoon = (who: Asker, field: string, input: Record<string, unknown>, wanted: string, select = '', ms = heardWithinMs): Promise<Outcome> => eventually(async () => {
    const outcome = await act(who, field, 'idempotencyKey' in input ? { ...input, idempotencyKey: newId('req') } : input, select);
    if (outcome.__typename !== wanted) throw new Error(`${field} came to ${JSON.stringify(outcome)}`);
    return outcome;
  }, ms);
  const bought = async (buyer: Asker, offer: BuyableOffer, input: Record<string, unknown>, email?: string): Promise<PlacedOrder> => place(marketplace.door, buyer, await readyCart(marketplace.door, buyer, [{ offer, quantity: 1 }], { email }), input);
  /** Gives goods a price and a place on a shelf, as whoever sells them. */
  async function stocked(seller: Asker, offer: BuyableOffer, quantity: number, warehouse: Record<string, unknown>, ms?: number): Promise<void> {
    await actSoon(seller, 'setPrices', { rows: [{ offerId: offer.offerId, currency: 'BDT', minor: offer.priceMinor }] }, 'SetPricesSucceeded', '', ms);
    const { id } = await act(seller, 'openWarehouse', { name: 'Store room', ...warehouse }, '... on Warehouse { id }');
    await actSoon(seller, 'receiveStock', { rows: [{ offerId: offer.offerId, warehouseId: id, quantity }], idempotencyKey: '' }, 'ReceiveStockSucceeded', '', ms);
  }

  it('without an account buy, watch the order by the link of their mail, and find it when they register [CART-02, USER-05, NOT-09]', async () => {
    const { offers: [offer] } = await shopOfTwo(marketplace, { pieces: 5, vendors: ['padma-crafts'] });
    if (!offer) throw new Error('There is no offer.');
    const email = someEmail('guest');
    const guest = await asGuest(marketplace.door);
    const order = await bought(guest, offer, {}, email);
    await payIntent(marketplace, order, 'visa');
    await orderIn(marketplace.door, guest, order.id, 'CONFIRMED', heardWithinMs);

    const { text } = await caughtMail(email, new RegExp(`/orders/${order.number}#key=`));
    const link = new URL(/https?:\S+#key=\S+/.exec(text)?.[0] ?? '');
    expect(link.pathname).toBe(`/orders/${order.number}`);
    const byLink: Asker = { tenant: 'acme', headers: { ...someAddress(), 'x-haat-order': link.hash.slice('#key='.length) } };
    const watch = (who: Asker) => ask<{ order: { number: string; status: string; payment: { status: string } } | null }>(who, 'query($number: String) { order(number: $number) { number status payment { status } } }', { number: order.number });
    expect((await watch(byLink)).order).toEqual({ number: order.number, status: 'CONFIRMED', payment: { status: 'CAPTURED' } });
    const stranger: Asker = { tenant: 'acme', headers: someAddress() };
    expect((await marketplace.door.ask<{ order: unknown }>(stranger, 'query($id: ID) { order(id: $id) { number } }', { id: order.id })).data?.order ?? null).toBeNull();
    expect(codeOf(await marketplace.door.ask({ tenant: 'acme', headers: { ...someAddress(), 'x-haat-order': 'ord_1.forged' } }, '{ tenant { slug } }'))).toBe('BAD_USER_INPUT');

    await act(stranger, 'register', { email, password: demoPassword, name: 'Rahima' });
    const person = await signIn(marketplace.door, 'acme', email);
    const mine = async () => (await ask<{ myOrders: { nodes: { id: string }[] } }>(person, '{ myOrders { nodes { id } } }')).myOrders.nodes;
    // Naming an address is not owning it.
    expect(await mine()).toEqual([]);
    await act(stranger, 'verifyEmail', { token: (await mailTo(marketplace, email, 'VERIFY_EMAIL')).secret });
    expect(await eventually(async () => { const found = await mine(); return found.length > 0 && found; }, heardWithinMs)).toEqual([{ id: order.id }]);
    await paidIs(marketplace.door, person, order.id, ({ status }) => status === 'CAPTURED');
  });

  it('open a marketplace of their own: a vendor, a product, a shopper and an order, paid at the door [TEN-01, VEN-01, ORD-01]', async () => {
    const slug = `mela-${randomInt(1e9).toString(36)}`;
    const ownerEmail = someEmail('owner');
    const platform = await signIn(marketplace.door, 'haat', 'platform@haat.example');
    expect((await act(platform, 'openTenant', { slug, name: 'Mela', currency: 'BDT', locale: 'en', ownerEmail })).__typename).toBe('Tenant');
    const invitation = await mailTo(marketplace, ownerEmail, 'INVITATION');
    await actSoon({ tenant: slug, headers: someAddress() }, 'resetPassword', { token: invitation.secret, password: demoPassword }, 'ResetPasswordSucceeded');
    const operator = await signIn(marketplace.door, slug, ownerEmail);

    const owner = await newShopper(marketplace.door, slug, 'salma');
    const { id: vendorId } = await act(owner, 'applyAsVendor', { slug: 'looms', name: 'Looms' }, '... on Vendor { id }');
    await actSoon(operator, 'approveVendor', { vendorId }, 'Vendor', '... on Vendor { status }');
    const zone = await actSoon(operator, 'saveShippingZone', { name: 'Bangladesh', areas: [{ country: 'BD' }] }, 'ShippingZone', '... on ShippingZone { id }');
    await act(operator, 'saveShippingMethod', { zoneId: zone['id'], name: 'By foot', bands: [{ price: { minor: 5_000, currency: 'BDT' } }], allowsCashOnDelivery: true });

    await act(operator, 'defineProductType', { key: 'saree', name: 'Sarees', attributes: [] });
    const product = await actSoon(operator, 'createProduct', { productType: 'saree', title: 'Red saree', variants: [{ sku: 'RED-1' }] }, 'Product', '... on Product { id variants { id } }') as unknown as { id: string; variants: { id: string }[] };
    await act(operator, 'publishProduct', { productId: product.id });
    const made = await actSoon(owner, 'createOffer', { vendorId, variantId: product.variants[0]?.id, vendorSku: 'L-1', weightGrams: 500 }, 'Offer', '... on Offer { id }');
    const offer: BuyableOffer = { offerId: String(made['id']), vendorId: String(vendorId), priceMinor: 250_000 };
    await stocked(owner, offer, 2, { vendorId });

    const shopper: Person = await newShopper(marketplace.door, slug, 'anika');
    const order = await bought(shopper, offer, { payWith: 'CASH_ON_DELIVERY' }, shopper.email);
    expect(order.totals.total).toEqual({ minor: 255_000, currency: 'BDT' });
    await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED', heardWithinMs);
    await track(marketplace.door, owner, await sendPart(marketplace.door, owner, order.vendorOrders[0]?.id ?? ''), ['PICKED_UP', 'DELIVERED']);
    await orderIn(marketplace.door, shopper, order.id, 'DELIVERED', heardWithinMs);
    await paidIs(marketplace.door, shopper, order.id, ({ status }) => status === 'CAPTURED');
    expect((await ask<{ orders: { nodes: { id: string }[] } }>(operator, '{ orders { nodes { id } } }')).orders.nodes).toEqual([{ id: order.id }]);
  }, 120_000);

  it('with a file of 5,000 products have them all for sale, and sell one [CAT-07]', async () => {
    const operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    const merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
    const vendorId = sellerId('padma-crafts');
    const word = randomInt(1e12).toString(36);
    await act(operator, 'defineProductType', { key: `file-${word}`, name: 'Crafts', attributes: [] });
    const job = await act(merchant, 'startImport', { vendorId, format: 'CSV' }, '... on ImportJob { id uploadPath }');
    const rows = Array.from({ length: rowsOfFile }, (_, n) => `${word}-${n},Basket ${word} ${n},basket-${word}-${n},file-${word},V-${word}-${n},400`);
    const sent = await marketplace.door.fetch(String(job['uploadPath']), { method: 'POST', headers: { 'content-type': 'text/csv', host: 'acme.localhost', authorization: `Bearer ${merchant.token}` }, body: ['sku,title,slug,productType,vendorSku,weightGrams', ...rows].join('\n') });
    expect([sent.status, sent.text]).toEqual([201, expect.any(String)]);
    await actSoon(merchant, 'runImport', { importId: job['id'], publishes: true }, 'ImportJob');
    const ended = await eventually(async () => {
      const { importJob } = await ask<{ importJob: { status: string; createdCount: number; failedCount: number } }>(merchant, 'query($id: ID!) { importJob(id: $id) { status createdCount failedCount } }', { id: job['id'] });
      return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(importJob.status) && importJob;
    }, 150_000);
    const product = async (n: number) => (await ask<{ product: { variants: { offers: { nodes: { id: string }[] } }[] } | null }>({ tenant: 'acme', headers: someAddress() }, 'query($slug: String!) { product(slug: $slug) { variants { offers(first: 1) { nodes { id } } } } }', { slug: `basket-${word}-${n}` })).product?.variants.flatMap(({ offers }) => offers.nodes) ?? [];
    expect(ended).toEqual({ status: 'COMPLETED', createdCount: rowsOfFile, failedCount: 0 });
    // The last one can be found; the first one is sold, while the others still hear of the rest.
    expect(await product(rowsOfFile - 1)).toMatchObject([{ id: expect.any(String) }]);
    const [first] = await product(0);
    const offer: BuyableOffer = { offerId: first?.id ?? '', vendorId, priceMinor: 45_000 };
    await stocked(merchant, offer, 3, { vendorId }, fileHeardWithinMs);
    const shopper = await newShopper(marketplace.door, 'acme', 'karim');
    const order = await bought(shopper, offer, {});
    await payIntent(marketplace, order, 'visa');
    await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED', heardWithinMs);
    await levelIs(marketplace, offer.offerId, { onHand: 3, allocated: 1, available: 2 });
  }, 300_000);
});
