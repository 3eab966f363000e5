import type { FrozenCart } from '@haat/schema/asks/carts';
import { catalogDescribe } from '@haat/schema/asks/catalog';
import { paymentCheck } from '@haat/schema/asks/payments';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { shippingQuote } from '@haat/schema/asks/shipping';
import { commissionQuote, vendorDescribe } from '@haat/schema/asks/vendors';
import { destinationOf } from '@haat/schema/parts';
import type { OrdersContext } from '../context.js';
import { emailHashOf, phoneHashOf } from '../order/email-hash.js';
import type { Gathered, Quote } from './gathered.js';

/** Asks everybody what they know of a cart: goods and vendors side by side, then prices, then shipping, then prices with shipping and the commission of them. Changes nothing. */
export async function gather(ctx: Asker, cart: FrozenCart, payWith: string | null): Promise<Gathered> {
  const [{ offers }, { vendors }, goods] = await Promise.all([
    ctx.ask(catalogDescribe, { offerIds: cart.lines.map(({ offerId }) => offerId) }),
    ctx.ask(vendorDescribe, { vendorIds: cart.groups.map(({ vendorId }) => vendorId) }),
    quote(ctx, cart, payWith, []),
  ]);
  const shipping = await shippingOf(ctx, cart, goods, offers);
  const chosen = chosenShipping(cart, shipping);
  if (!chosen || goods.withoutPrice.length > 0) return { cart, offers, vendors, goods, shipping };
  const priced = await quote(ctx, cart, payWith, chosen);
  const [commission, payable] = await Promise.all([commissionOf(ctx, cart, priced, offers), payWith === null ? undefined : payableOf(ctx, payWith, priced)]);
  return { cart, offers, vendors, goods, shipping, priced, commission, ...(payable && { payable }) };
}

type Asker = Pick<OrdersContext, 'ask' | 'log'>;

interface ChosenShipping { vendorId: string; methodId: string; amountMinor: number }

function quote(ctx: Asker, { lines, shippingAddress, couponCodes, buyer, contact }: FrozenCart, payWith: string | null, shipping: ChosenShipping[]): Promise<Quote> {
  return ctx.ask(pricingQuote, {
    lines: lines.map(({ lineId, offerId, quantity }) => ({ lineId, offerId, quantity })), destination: shippingAddress && destinationOf(shippingAddress), couponCodes, buyer,
    emailHash: emailHashOf(contact), phoneHash: phoneHashOf(contact), shipping, paymentChoice: payWith,
  });
}

async function shippingOf(ctx: Asker, { currency, groups, lines, shippingAddress }: FrozenCart, goods: Quote, offers: Gathered['offers']): Promise<Gathered['shipping']> {
  if (!shippingAddress || groups.length === 0) return [];
  const profilesOf = (vendorId: string) => offers.filter((offer) => offer.vendorId === vendorId && lines.some(({ offerId }) => offerId === offer.offerId)).map(({ shippingProfile }) => shippingProfile);
  const asked = groups.map(({ vendorId, weightGrams }) => ({
    vendorId, weightGrams, subtotalMinor: goods.vendors.find((one) => one.vendorId === vendorId)?.subtotalMinor ?? 0, shippingProfiles: [...new Set(profilesOf(vendorId))],
  }));
  return (await ctx.ask(shippingQuote, { currency, destination: destinationOf(shippingAddress), groups: asked })).groups;
}

/** What was chosen for each vendor; undefined while a choice is missing or gone. */
function chosenShipping({ groups }: FrozenCart, shipping: Gathered['shipping']): ChosenShipping[] | undefined {
  const chosen = groups.map(({ vendorId, shippingMethodId }) => {
    const option = shipping.find((one) => one.vendorId === vendorId)?.options.find(({ methodId }) => methodId === shippingMethodId);
    return option && { vendorId, methodId: option.methodId, amountMinor: option.amountMinor };
  });
  return chosen.every((one) => one !== undefined) ? chosen : undefined;
}

/** Undefined where payments cannot be asked: an order is taken without them, and its payment opens by itself later. */
async function payableOf(ctx: Asker, choice: string, { currency, totals }: Quote): Promise<Gathered['payable']> {
  return ctx.ask(paymentCheck, { choice, currency, amountMinor: totals.totalMinor }).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'Nobody could say whether an order can be paid as wished.');
    return undefined;
  });
}

async function commissionOf(ctx: Asker, { currency }: FrozenCart, { lines, vendors }: Quote, offers: Gathered['offers']): Promise<Gathered['commission']> {
  const goodsOf = (offerId: string) => offers.find((offer) => offer.offerId === offerId);
  return ctx.ask(commissionQuote, {
    currency,
    lines: lines.map(({ lineId, vendorId, offerId, quantity, netMinor, totalMinor }) => ({
      lineId, vendorId, productId: goodsOf(offerId)?.productId ?? '', categoryPaths: goodsOf(offerId)?.categoryPaths ?? [], quantity, netMinor, grossMinor: totalMinor,
    })),
    shipping: vendors.map(({ vendorId, shippingNetMinor, shippingTaxMinor }) => ({ vendorId, netMinor: shippingNetMinor, grossMinor: shippingNetMinor + shippingTaxMinor })),
  });
}
