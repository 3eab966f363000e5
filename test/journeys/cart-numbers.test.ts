import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

interface Minor { readonly minor: number }
interface CartRead {
  readonly lines: readonly { readonly offer: { readonly price: { readonly current: Minor } | null } | null }[];
  readonly groups: readonly { readonly subtotal: Minor | null }[];
  readonly totals: {
    readonly subtotal: Minor; readonly discount: Minor; readonly tax: Minor; readonly total: Minor;
    readonly appliedCoupons: readonly { readonly code: string }[]; readonly rejectedCoupons: readonly { readonly code: string; readonly reason: string }[]; readonly priceTrace: readonly object[];
  } | null;
}

const sums = 'subtotal { minor } discount { minor } tax { minor } total { minor }';
const cartText = `{ myCart { lines { offer { price { current { minor } } } } groups { subtotal { minor } }
  totals { ${sums} appliedCoupons { code } rejectedCoupons { code reason } priceTrace { step before { minor } after { minor } } } } }`;

describe('the numbers of a cart', () => {
  let marketplace: TestMarketplace;
  let operator: Person;
  let shopper: Person;
  let offerId: string;
  let cartId: string;
  beforeAll(async () => {
    marketplace = await startTestMarketplace();
    operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    shopper = await newShopper(marketplace.door, 'acme', 'buyer');
    offerId = await anOffer();
    cartId = String((await mutate(marketplace.door, shopper, 'openCart', {}, '... on OpenCartSucceeded { cart { id } }') as unknown as { cart: { id: string } }).cart.id);
  }, 120_000);
  afterAll(() => marketplace.close());

  const act = (field: string, input: Record<string, unknown>, select: string) => mutate(marketplace.door, operator, field, input, select);
  const cart = async () => dataOf(await marketplace.door.ask<{ myCart: CartRead }>(shopper, cartText)).myCart;

  async function anOffer(): Promise<string> {
    await act('defineProductType', { key: 'pots', name: 'Pots', attributes: [] }, '... on ProductType { key }');
    const product = await act('createProduct', { productType: 'pots', title: 'Blue pot', variants: [{ sku: 'POT' }] }, '... on Product { id variants { id } }') as unknown as { id: string; variants: [{ id: string }] };
    await act('publishProduct', { productId: product.id }, '... on Product { id }');
    const made = await act('createOffer', { vendorId: newId('ven'), variantId: product.variants[0].id, vendorSku: 'P-1', isActive: true }, '... on Offer { id }');
    return String(made['id']);
  }

  it('follow prices and taxes that an operator sets, from the page to the sum [PRC-01, PRC-08]', async () => {
    await act('saveTaxSettings', { homeCountry: 'BD', pricesIncludeTax: false }, '... on TaxSettings { homeCountry }');
    await act('saveTaxClass', { key: 'standard', name: 'Standard' }, '... on TaxClass { key }');
    await act('saveTaxRate', { code: 'VAT', taxClass: 'standard', country: 'BD', name: 'VAT 15 %', ratePpm: 150_000 }, '... on TaxRate { id }');
    expect(await act('setPrices', { rows: [{ offerId, currency: 'BDT', minor: 10_000 }] }, '... on PricesRefused { message }')).toMatchObject({ __typename: 'SetPricesSucceeded' });
    await eventually(async () => (await mutate(marketplace.door, shopper, 'addCartLines', { cartId, lines: [{ offerId, quantity: 2 }] }, '... on Problem { message }')).__typename === 'Cart' || undefined);
    expect(await cart()).toMatchObject({
      lines: [{ offer: { price: { current: { minor: 10_000 } } } }], groups: [{ subtotal: { minor: 20_000 } }],
      totals: { subtotal: { minor: 20_000 }, discount: { minor: 0 }, tax: { minor: 3_000 }, total: { minor: 23_000 } },
    });
  });

  it('follow a coupon, and a flash sale from its beginning to its end [PRC-04, PRC-05]', async () => {
    const promotion = await act('createPromotion', { name: 'Ten off', class: 'ORDER', combinesWith: ['CATALOGUE'], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, '... on Promotion { id }');
    await act('createCoupons', { promotionId: promotion['id'], code: 'WELCOME10' }, '... on CreateCouponsSucceeded { coupons { code } }');
    await eventually(async () => (await mutate(marketplace.door, shopper, 'applyCoupon', { cartId, code: 'welcome10' }, '... on Problem { message }')).__typename === 'Cart' || undefined);
    expect((await cart()).totals).toMatchObject({ discount: { minor: 2_000 }, total: { minor: 20_700 }, appliedCoupons: [{ code: 'WELCOME10' }], rejectedCoupons: [] });
    const now = Date.now();
    const window = { from: new Date(now).toISOString(), until: new Date(now + 3_600_000).toISOString() };
    const sale = await act('scheduleFlashSale', { name: 'Flash', ...window, offers: [{ offerId, minor: 6_000 }], combinesWith: ['ORDER'] }, '... on FlashSale { id state }');
    expect(sale).toMatchObject({ state: 'ACTIVE' });
    expect(await cart()).toMatchObject({ lines: [{ offer: { price: { current: { minor: 6_000 } } } }], groups: [{ subtotal: { minor: 20_000 } }], totals: { subtotal: { minor: 20_000 }, discount: { minor: 9_200 }, total: { minor: 12_420 } } });
    await act('endFlashSale', { flashSaleId: sale['id'] }, '... on FlashSale { state }');
    expect((await cart()).totals).toMatchObject({ total: { minor: 20_700 } });
  });
});
