import { createHash } from 'node:crypto';
import { quotedLinesMax } from '@haat/schema/asks/pricing';
import type { Address } from '@haat/kit/shared-types';
import type { PricingContext } from '../context.js';
import type { QuoteWish } from '../quote/quoted-cart.js';
import type { Cart, CartGroup } from './cart.type.js';

/**
 * What is quoted for a cart; null where a part of it could not be read: a list that holds null, a chosen way of delivery without its
 * price. Numbers without that part would be wrong, and look right.
 */
export function quoteOfCart(ctx: PricingContext, cart: Cart, paymentChoice: string | null): QuoteWish | null {
  if (!isWhole(cart.lines) || !isWhole(cart.groups) || !isWhole(cart.couponCodes)) return null;
  const chosen = cart.groups.filter(({ chosenShippingMethodId }) => chosenShippingMethodId);
  if (chosen.some(({ chosenShipping }) => chosenShipping === null)) return null;
  return {
    ...bare(ctx, cart.lines, cart.shippingAddress ?? null), paymentChoice, couponCodes: [...cart.couponCodes], emailHash: cart.contact?.email ? hashOf(cart.contact.email.trim().toLowerCase()) : null,
    phoneHash: cart.contact?.phone ? hashOf(cart.contact.phone) : null,
    shipping: chosen.flatMap(({ vendorId, chosenShippingMethodId, chosenShipping }) => (chosenShipping && chosenShippingMethodId ? [{ vendorId, methodId: chosenShippingMethodId, amountMinor: chosenShipping.price.minor }] : [])),
  };
}

/** What is quoted for the goods of one vendor; null where a part could not be read. */
export function quoteOfGroup(ctx: PricingContext, { lines, destination }: CartGroup): QuoteWish | null {
  return isWhole(lines) ? bare(ctx, lines, destination ?? null) : null;
}

function bare(ctx: PricingContext, lines: Cart['lines'], address: Address | null): QuoteWish {
  const { userId, guestKey } = ctx.viewer;
  return {
    lines: lines.slice(0, quotedLinesMax).map(({ id, offerId, quantity }) => ({ lineId: id, offerId, quantity })), destination: address && destinationOf(address), couponCodes: [],
    buyer: { userId: userId ?? null, guestKey: guestKey ?? null }, emailHash: null, shipping: [], paymentChoice: null,
  };
}

function destinationOf({ country, region, city, district, postalCode }: Address): NonNullable<QuoteWish['destination']> {
  return { country, region: region ?? null, city: city ?? null, district: district ?? null, postalCode: postalCode ?? null };
}

/** As the contract of `pricing.quote` has it. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isWhole<T>(list: readonly (T | null)[] | null | undefined): list is readonly T[] {
  return Array.isArray(list) && list.every((one) => one !== null);
}
