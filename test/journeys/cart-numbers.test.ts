import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { CreateOffer, SetPrices } from '@haat/merchant-client/generated/operations';
import { CreateCoupons, CreateProduct, CreatePromotion, DefineProductType, EndFlashSale, PublishProduct, SaveTaxClass, SaveTaxRate, SaveTaxSettings, ScheduleFlashSale } from '@haat/operator-client/generated/operations';
import { AddCartLines, ApplyCoupon, MyCart, OpenCart, RemoveCoupon, SetCartAddress } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { checkoutOf, dhaka } from '../support/buy.js';
import { dataOf } from '../support/graph.js';
import { runOperation } from '../support/run-operation.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { sellerId } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

describe('the numbers of a cart', () => {
  let marketplace: TestMarketplace;
  let operator: Person;
  let shopper: Person;
  let offerId: string;
  let cartId: string;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    shopper = await newShopper(marketplace.door, 'acme', 'buyer');
    offerId = await anOffer();
    cartId = (await obtain(marketplace.door, shopper, OpenCart, {}, 'OpenCartSucceeded')).cart.id;
  }, 120_000);
  afterAll(() => marketplace.close());

  const cart = async () => (await runOperation(marketplace.door, shopper, MyCart, {})).myCart;
  /** What one piece costs on its page; the cart's own page shows what it comes to there. */
  const pricedAt = async () => dataOf(await marketplace.door.ask<{ offer: { price: { current: { minor: number } } } }>(shopper, 'query($id: ID!) { offer(id: $id) { price { current { minor } } } }', { id: offerId })).offer.price.current.minor;

  async function anOffer(): Promise<string> {
    const { door } = marketplace;
    await obtain(door, operator, DefineProductType, { key: 'pots', name: 'Pots', attributes: [] }, 'ProductType');
    const product = await obtain(door, operator, CreateProduct, { productType: 'pots', title: 'Blue pot', variants: [{ sku: 'POT' }] }, 'Product');
    await obtain(door, operator, PublishProduct, { productId: product.id }, 'Product');
    return (await obtain(door, operator, CreateOffer, { vendorId: sellerId('padma-crafts'), variantId: product.variants[0]?.id ?? '', vendorSku: 'P-1', isActive: true }, 'Offer')).id;
  }

  it('follow prices and taxes that an operator sets, from the page to the sum [PRC-01, PRC-08]', async () => {
    const { door } = marketplace;
    await obtain(door, operator, SaveTaxSettings, { homeCountry: 'BD', pricesIncludeTax: false }, 'TaxSettings');
    await obtain(door, operator, SaveTaxClass, { key: 'standard', name: 'Standard' }, 'TaxClass');
    await obtain(door, operator, SaveTaxRate, { code: 'VAT', taxClass: 'standard', country: 'BD', name: 'VAT 15 %', ratePpm: 150_000 }, 'TaxRate');
    expect(await act(door, operator, SetPrices, { rows: [{ offerId, currency: 'BDT', minor: 10_000 }] })).toMatchObject({ __typename: 'SetPricesSucceeded' });
    await eventually(() => obtain(door, shopper, AddCartLines, { cartId, lines: [{ offerId, quantity: 2 }] }, 'Cart'));
    expect(await pricedAt()).toBe(10_000);
    expect(await cart()).toMatchObject({
      lines: [{ offerId }], groups: [{ subtotal: { minor: 20_000 } }],
      totals: { subtotal: { minor: 20_000 }, discount: { minor: 0 }, tax: { minor: 3_000 }, total: { minor: 23_000 } },
    });
  });

  it('are not told where the region decides on a tax and nobody knows it as it is written; by a name that the rate has it is taxed [PRC-08]', async () => {
    const { door } = marketplace;
    const brooklyn = { line1: '1 Court Street', city: 'Brooklyn', region: 'New York', postalCode: '11201', country: 'US' };
    await obtain(door, shopper, SetCartAddress, { cartId, shipping: brooklyn }, 'Cart');
    expect((await cart())?.totals).toMatchObject({ tax: { minor: 0 } });
    const rate = { code: 'SALES', taxClass: 'standard', country: 'US', region: 'NY', name: 'Sales tax 8 %', ratePpm: 80_000 };
    const { id: taxRateId } = await obtain(door, operator, SaveTaxRate, rate, 'TaxRate');
    expect((await cart())?.totals).toBeNull();
    expect((await checkoutOf(door, shopper, cartId)).problems).toContainEqual(expect.objectContaining({ code: 'ADDRESS_UNCLEAR', cure: expect.stringContaining('such as NY') }));
    expect(await act(door, shopper, SetCartAddress, { cartId, shipping: brooklyn })).toMatchObject({ __typename: 'CartAddressInvalid', faults: [{ part: 'region' }] });
    await obtain(door, operator, SaveTaxRate, { ...rate, taxRateId, regionNames: ['New York'] }, 'TaxRate');
    await obtain(door, shopper, SetCartAddress, { cartId, shipping: brooklyn }, 'Cart');
    expect((await cart())?.totals).toMatchObject({ tax: { minor: 1_600 }, total: { minor: 21_600 } });
    await obtain(door, shopper, SetCartAddress, { cartId, shipping: dhaka }, 'Cart');
  });

  it('say by which way to pay a coupon counts, and count it for who asks with that one [CART-06, PRC-04]', async () => {
    const { door } = marketplace;
    const promotion = await obtain(door, operator, CreatePromotion, { name: 'By card', class: 'ORDER', conditions: [{ kind: 'COUPON' }, { kind: 'PAYMENT', choices: ['STRIPE'] }], effects: [{ kind: 'PERCENT_OFF', ppm: 500_000, on: 'ORDER' }] }, 'Promotion');
    await obtain(door, operator, CreateCoupons, { promotionId: promotion.id, code: 'BYCARD' }, 'CreateCouponsSucceeded');
    await obtain(door, shopper, ApplyCoupon, { cartId, code: 'bycard' }, 'Cart');
    expect((await cart())?.totals).toMatchObject({ discount: { minor: 0 }, rejectedCoupons: [{ code: 'BYCARD', payWith: ['STRIPE'] }] });
    const both = 'query($id: ID!) { cart(id: $id) { card: totals(payWith: STRIPE) { discount { minor } } cash: totals(payWith: CASH_ON_DELIVERY) { discount { minor } } } }';
    expect(dataOf(await door.ask(shopper, both, { id: cartId }))).toEqual({ cart: { card: { discount: { minor: 10_000 } }, cash: { discount: { minor: 0 } } } });
    await obtain(door, shopper, RemoveCoupon, { cartId, code: 'BYCARD' }, 'Cart');
  });

  it('follow a coupon, and a flash sale from its beginning to its end [PRC-04, PRC-05]', async () => {
    const { door } = marketplace;
    const promotion = await obtain(door, operator, CreatePromotion, { name: 'Ten off', class: 'ORDER', combinesWith: ['CATALOGUE'], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, 'Promotion');
    await obtain(door, operator, CreateCoupons, { promotionId: promotion.id, code: 'WELCOME10' }, 'CreateCouponsSucceeded');
    await eventually(() => obtain(door, shopper, ApplyCoupon, { cartId, code: 'welcome10' }, 'Cart'));
    expect((await cart())?.totals).toMatchObject({ discount: { minor: 2_000 }, total: { minor: 20_700 }, appliedCoupons: [{ code: 'WELCOME10' }], rejectedCoupons: [] });
    const now = Date.now();
    const window = { from: new Date(now).toISOString(), until: new Date(now + 3_600_000).toISOString() };
    const sale = await obtain(door, operator, ScheduleFlashSale, { name: 'Flash', ...window, offers: [{ offerId, minor: 6_000 }], combinesWith: ['ORDER'] }, 'FlashSale');
    expect(sale).toMatchObject({ state: 'ACTIVE' });
    expect(await pricedAt()).toBe(6_000);
    expect(await cart()).toMatchObject({ lines: [{ offerId }], groups: [{ subtotal: { minor: 20_000 } }], totals: { subtotal: { minor: 20_000 }, discount: { minor: 9_200 }, total: { minor: 12_420 } } });
    await obtain(door, operator, EndFlashSale, { flashSaleId: sale.id }, 'FlashSale');
    expect((await cart())?.totals).toMatchObject({ total: { minor: 20_700 } });
  });
});
