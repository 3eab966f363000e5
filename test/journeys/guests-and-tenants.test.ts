import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import type { DataOf } from '@haat/schema/clients/typed-operation';
import { ApplyAsVendor, CreateOffer, ImportPage, OpenWarehouse, ReceiveStock, RunImport, SetPrices, StartImport, type OpenWarehouseInput } from '@haat/merchant-client/generated/operations';
import { ApproveVendor, CreateProduct, DefineProductType, OpenTenant, Orders, PublishProduct, ResetPassword, SaveShippingMethod, SaveShippingZone } from '@haat/operator-client/generated/operations';
import { MyOrders, OrderStatus, ProductPage, Register, Shop, VariantOffers, VerifyEmail, type PlaceOrderInput } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { asGuest, orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { caughtMail } from '../support/caught-mail.js';
import { codeOf, type Asker } from '../support/graph.js';
import { levelIs } from '../support/level-of.js';
import { mailTo } from '../support/mailbox.js';
import { paidIs } from '../support/paid-of.js';
import { payIntent } from '../support/pay-intent.js';
import { runOperation, tryOperation } from '../support/run-operation.js';
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

type Offers = NonNullable<NonNullable<DataOf<typeof VariantOffers>['product']>['variant']>['offers']['nodes'];

describe('newcomers', () => {
  let marketplace: TestMarketplace;
  beforeAll(async () => { marketplace = await startTestMarketplace({}, { seeds: sellersToo }); }, 120_000);
  afterAll(() => marketplace?.close());

  const bought = async (buyer: Asker, offer: BuyableOffer, input: Partial<PlaceOrderInput>, email?: string): Promise<PlacedOrder> => place(marketplace.door, buyer, await readyCart(marketplace.door, buyer, [{ offer, quantity: 1 }], { email }), input);
  /** Gives goods a price and a place on a shelf, as whoever sells them, once everybody knows them. */
  async function stocked(seller: Asker, { offerId, priceMinor }: BuyableOffer, quantity: number, warehouse: Partial<OpenWarehouseInput>, ms = heardWithinMs): Promise<void> {
    const { door } = marketplace;
    await eventually(() => obtain(door, seller, SetPrices, { rows: [{ offerId, currency: 'BDT', minor: priceMinor }] }, 'SetPricesSucceeded'), ms);
    const { id: warehouseId } = await obtain(door, seller, OpenWarehouse, { name: 'Store room', ...warehouse }, 'Warehouse');
    // Each try is a wish of its own: a key keeps its answer.
    await eventually(() => obtain(door, seller, ReceiveStock, { rows: [{ offerId, warehouseId, quantity }], idempotencyKey: newId('req') }, 'ReceiveStockSucceeded'), ms);
  }

  /** What is for sale of a product, as anybody finds it. */
  async function offersOf(slug: string): Promise<Offers> {
    const anybody: Asker = { tenant: 'acme', headers: someAddress() };
    const { product } = await runOperation(marketplace.door, anybody, ProductPage, { slug });
    const [variant] = product?.variants ?? [];
    if (!product || !variant) return [];
    const found = await runOperation(marketplace.door, anybody, VariantOffers, { productId: product.id, variantId: variant.id, first: 1 });
    return found.product?.variant?.offers.nodes ?? [];
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
    const { order: watched } = await runOperation(marketplace.door, byLink, OrderStatus, { number: order.number });
    expect([watched?.number, watched?.status, watched?.payment?.status]).toEqual([order.number, 'CONFIRMED', 'CAPTURED']);
    const stranger: Asker = { tenant: 'acme', headers: someAddress() };
    expect((await tryOperation(marketplace.door, stranger, OrderStatus, { id: order.id })).data?.order ?? null).toBeNull();
    expect(codeOf(await tryOperation(marketplace.door, { tenant: 'acme', headers: { ...someAddress(), 'x-haat-order': 'ord_1.forged' } }, Shop, {}))).toBe('BAD_USER_INPUT');

    await obtain(marketplace.door, stranger, Register, { email, password: demoPassword, name: 'Rahima' }, 'RegisterSucceeded');
    const person = await signIn(marketplace.door, 'acme', email);
    const mine = async () => (await runOperation(marketplace.door, person, MyOrders, {})).myOrders?.nodes.map(({ id }) => id);
    // Naming an address is not owning it.
    expect(await mine()).toEqual([]);
    await obtain(marketplace.door, stranger, VerifyEmail, { token: (await mailTo(marketplace, email, 'VERIFY_EMAIL')).secret }, 'VerifyEmailSucceeded');
    expect(await eventually(async () => { const found = await mine(); return found?.length !== 0 && found; }, heardWithinMs)).toEqual([order.id]);
    await paidIs(marketplace.door, person, order.id, ({ status }) => status === 'CAPTURED');
  });

  it('open a marketplace of their own: a vendor, a product, a shopper and an order, paid at the door [TEN-01, VEN-01, ORD-01]', async () => {
    const slug = `mela-${randomInt(1e9).toString(36)}`;
    const ownerEmail = someEmail('owner');
    const platform = await signIn(marketplace.door, 'haat', 'platform@haat.example');
    const { door } = marketplace;
    expect((await act(door, platform, OpenTenant, { slug, name: 'Mela', currency: 'BDT', locale: 'en', ownerEmail })).__typename).toBe('Tenant');
    const invitation = await mailTo(marketplace, ownerEmail, 'INVITATION');
    await eventually(() => obtain(door, { tenant: slug, headers: someAddress() }, ResetPassword, { token: invitation.secret, password: demoPassword }, 'ResetPasswordSucceeded'), heardWithinMs);
    const operator = await signIn(marketplace.door, slug, ownerEmail);

    const owner = await newShopper(marketplace.door, slug, 'salma');
    const { id: vendorId } = await obtain(door, owner, ApplyAsVendor, { slug: 'looms', name: 'Looms' }, 'Vendor');
    await eventually(() => obtain(door, operator, ApproveVendor, { vendorId }, 'Vendor'), heardWithinMs);
    const zone = await eventually(() => obtain(door, operator, SaveShippingZone, { name: 'Bangladesh', areas: [{ country: 'BD' }] }, 'ShippingZone'), heardWithinMs);
    await obtain(door, operator, SaveShippingMethod, { zoneId: zone.id, name: 'By foot', bands: [{ price: { minor: 5_000, currency: 'BDT' } }], allowsCashOnDelivery: true }, 'ShippingMethod');

    await obtain(door, operator, DefineProductType, { key: 'saree', name: 'Sarees', attributes: [] }, 'ProductType');
    const product = await eventually(() => obtain(door, operator, CreateProduct, { productType: 'saree', title: 'Red saree', variants: [{ sku: 'RED-1' }] }, 'Product'), heardWithinMs);
    await obtain(door, operator, PublishProduct, { productId: product.id }, 'Product');
    const { id: offerId } = await eventually(() => obtain(door, owner, CreateOffer, { vendorId, variantId: product.variants[0]?.id ?? '', vendorSku: 'L-1', weightGrams: 500 }, 'Offer'), heardWithinMs);
    const offer: BuyableOffer = { offerId, vendorId, priceMinor: 250_000 };
    await stocked(owner, offer, 2, { vendorId });

    const shopper: Person = await newShopper(marketplace.door, slug, 'anika');
    const order = await bought(shopper, offer, { payWith: 'CASH_ON_DELIVERY' }, shopper.email);
    expect(order.totals.total).toEqual({ minor: 255_000, currency: 'BDT', decimal: '2550.00' });
    await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED', heardWithinMs);
    await track(marketplace.door, owner, await sendPart(marketplace.door, owner, order.vendorOrders[0]?.id ?? ''), ['PICKED_UP', 'DELIVERED']);
    await orderIn(marketplace.door, shopper, order.id, 'DELIVERED', heardWithinMs);
    await paidIs(marketplace.door, shopper, order.id, ({ status }) => status === 'CAPTURED');
    expect((await runOperation(door, operator, Orders, {})).orders?.nodes.map(({ id }) => id)).toEqual([order.id]);
  }, 120_000);

  it('with a file of 5,000 products have them all for sale, and sell one [CAT-07]', async () => {
    const { door } = marketplace;
    const operator = await signIn(door, 'acme', 'operator@acme.example');
    const merchant = await signIn(door, 'acme', 'merchant@acme.example');
    const vendorId = sellerId('padma-crafts');
    const word = randomInt(1e12).toString(36);
    await obtain(door, operator, DefineProductType, { key: `file-${word}`, name: 'Crafts', attributes: [] }, 'ProductType');
    const job = await obtain(door, merchant, StartImport, { vendorId, format: 'CSV' }, 'ImportJob');
    const rows = Array.from({ length: rowsOfFile }, (_, n) => `${word}-${n},Basket ${word} ${n},basket-${word}-${n},file-${word},V-${word}-${n},400`);
    const sent = await door.fetch(job.uploadPath ?? '', { method: 'POST', headers: { 'content-type': 'text/csv', host: 'acme.localhost', authorization: `Bearer ${merchant.token}` }, body: ['sku,title,slug,productType,vendorSku,weightGrams', ...rows].join('\n') });
    expect([sent.status, sent.text]).toEqual([201, expect.any(String)]);
    await eventually(() => obtain(door, merchant, RunImport, { importId: job.id, publishes: true }, 'ImportJob'), heardWithinMs);
    const ended = await eventually(async () => {
      const { importJob } = await runOperation(door, merchant, ImportPage, { id: job.id });
      return importJob && ['COMPLETED', 'FAILED', 'CANCELLED'].includes(importJob.status) && importJob;
    }, 150_000);
    expect([ended.status, ended.createdCount, ended.failedCount]).toEqual(['COMPLETED', rowsOfFile, 0]);
    // The last one can be found; the first one is sold, while the others still hear of the rest.
    expect(await offersOf(`basket-${word}-${rowsOfFile - 1}`)).toMatchObject([{ id: expect.any(String) }]);
    const [first] = await offersOf(`basket-${word}-0`);
    const offer: BuyableOffer = { offerId: first?.id ?? '', vendorId, priceMinor: 45_000 };
    await stocked(merchant, offer, 3, { vendorId }, fileHeardWithinMs);
    const shopper = await newShopper(marketplace.door, 'acme', 'karim');
    const order = await bought(shopper, offer, {});
    await payIntent(marketplace, order, 'visa');
    await orderIn(marketplace.door, shopper, order.id, 'CONFIRMED', heardWithinMs);
    await levelIs(marketplace, offer.offerId, { onHand: 3, allocated: 1, available: 2 });
  }, 300_000);
});
