import { priceCart } from '@haat/pricing/pure/price-cart';
import { aCart, aLine, aPrice, aRate, theRules } from '@haat/pricing/pure/testing/a-cart';
import type { decideOrder } from '@haat/orders/pure/decide-order';
import type { CartRow } from './rows.js';

type Gathered = Parameters<typeof decideOrder>[0];

/** What is sold: two vendors' offers, with what a piece costs in minor units. Odd amounts, so that shares and taxes are rounded. */
export const offers = [
  { offerId: 'mug', vendorId: 'v1', eachMinor: 1_999 }, { offerId: 'lamp', vendorId: 'v1', eachMinor: 10_007 }, { offerId: 'rug', vendorId: 'v2', eachMinor: 4_933 },
] as const;

/** What delivery of a vendor's part costs, in minor units, before tax. */
const deliveryMinor = 701;

const address = { name: 'Ann', company: null, line1: 'Road 1', line2: null, city: 'Dhaka', district: null, region: null, postalCode: null, country: 'BD', phone: null };

/** What a cart costs, by pricing's own engine; the same for the same goods. */
export function priced(cart: Pick<CartRow, 'lines'>): ReturnType<typeof priceCart> {
  const key = cart.lines.map(({ offerId, quantity }) => `${offerId} ${quantity}`).join(',');
  const known = prices.get(key) ?? priceCart(aCart({
    lines: cart.lines.map(({ lineId, offerId, vendorId, quantity }) => aLine(lineId, quantity, { offerId, vendorId })), prices: offers.map(({ offerId, eachMinor }) => aPrice(offerId, eachMinor)),
    shipping: vendorsOf(cart).map((vendorId) => ({ vendorId, methodId: 'post', amountMinor: deliveryMinor })), tax: theRules([aRate(75_000)]),
  }));
  prices.set(key, known);
  return known;
}

const prices = new Map<string, ReturnType<typeof priceCart>>();

/** Everything that checkout asks its neighbours for. */
export function gatheredOf(cart: Pick<CartRow, 'id' | 'lines'>): Gathered {
  const price = priced(cart);
  const groups = vendorsOf(cart).map((vendorId) => ({ groupId: `grp-${vendorId}`, vendorId, shippingMethodId: 'post', weightGrams: 100 }));
  return {
    cart: { cartId: cart.id, version: 1, buyer: { userId: 'usr_1', guestKey: null }, currency: 'BDT', locale: 'en', lines: cart.lines.map((line) => ({ ...line })), groups, couponCodes: [], contact: { email: 'ann@example.com', phone: null, name: 'Ann' }, shippingAddress: address, billingAddress: null, note: null },
    offers: offers.map(({ offerId, vendorId }) => ({
      offerId, vendorId, productId: 'prod_1', variantId: 'var_1', title: 'A thing', variantTitle: null, sku: 'T', vendorSku: 'T', options: [], productType: 'things', taxClass: 'standard', weightGrams: null, maxPerOrder: null,
      shippingProfile: 'standard', categoryPaths: [], imageUrl: null, whyNot: null,
    })) as never,
    vendors: groups.map(({ vendorId }) => ({ vendorId, slug: vendorId, name: vendorId, openNow: true, whyClosed: null, minimumOrderMinor: null, acceptsAfterHours: null })),
    goods: price as never, priced: price as never,
    commission: {
      lines: cart.lines.map(({ lineId }) => ({ lineId, amountMinor: 0, ruleId: null })), vendors: groups.map(({ vendorId }) => ({ vendorId, netMinor: 0, taxMinor: 0, taxRatePpm: 0, shippingMinor: 0 })),
    } as never,
    shipping: groups.map(({ vendorId }) => ({ vendorId, options: [{ methodId: 'post', name: 'Post', carrier: 'own', amountMinor: 0, deliverBy: null, allowsCashOnDelivery: true }] })),
  };
}

function vendorsOf({ lines }: Pick<CartRow, 'lines'>): string[] {
  return [...new Set(lines.map(({ vendorId }) => vendorId))];
}
