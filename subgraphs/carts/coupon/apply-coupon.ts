import { createHash } from 'node:crypto';
import { pricingQuote, quotedCouponsMax } from '@haat/schema/asks/pricing';
import { destinationOf, type Buyer } from '@haat/schema/parts';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Money } from '@haat/kit/money';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { CouponRejected, CouponRejectedReason } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { Cart } from '../cart/cart.js';
import { CartNotOpen } from '../cart/cart-problems.js';
import type { CartRow } from '../cart/cart.row.js';
import { isOpen, openedCart, ownCarts } from '../cart/owned-cart.js';
import { reopened, saveCart } from '../cart/save-cart.js';
import { buyerOf } from '../checkout/frozen-cart.js';
import type { CartsTx } from '../context.js';

/** Which code is tried on which cart. */
@InputType({ description: 'Which coupon code is tried on which cart.' })
export class ApplyCouponInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => String, { description: 'The code as the buyer has it, at most 64 characters; case and spaces around it do not matter.' }) code: string;
}

/** Which code goes. */
@InputType({ description: 'Which coupon code is taken out of a cart.' })
export class RemoveCouponInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => String, { description: 'The code, in whatever case it is written.' }) code: string;
}

/** No room for another. */
@ObjectType({ implements: Problem, description: 'The cart has as many coupon codes as one may have.' })
export class TooManyCoupons extends Problem {
  @Field(() => Int, { description: 'How many codes a cart may have.' }) max: number;
}

/** The cart with the coupon, or why it gives nothing. */
export const ApplyCouponResult = resultOf('ApplyCouponResult', 'The cart with the coupon, or why the coupon gives nothing on it.', [Cart, CouponRejected, TooManyCoupons, CartNotOpen]);
/** The cart without the coupon. */
export const RemoveCouponResult = resultOf('RemoveCouponResult', 'The cart without the coupon, or why it cannot be changed.', [Cart, CartNotOpen]);

const codeCharactersMax = 64;
/** As pricing compares codes, so that what it says of one is found. In upper case a code may be longer, or no longer composed. */
const couponCode = lineOf(codeCharactersMax).transform((text) => text.toUpperCase().normalize('NFC'))
  .refine((text) => text.length <= codeCharactersMax, `expected at most ${codeCharactersMax} characters in upper case`);
const rules = z.object({ cartId: idText, code: couponCode });

/**
 * Puts a code on a cart if it gives something there now, or by a way to ship or to pay. Trying takes nothing from the coupon. Pricing is asked before the
 * cart is locked: what changes meanwhile shows in the cart's totals, and again when the order is placed.
 */
export async function applyCoupon(tx: CartsTx, input: ApplyCouponInput): Promise<Cart | CouponRejected | TooManyCoupons | CartNotOpen> {
  const { cartId, code } = parsed(rules, input);
  const [seen] = await ownCarts(tx, [cartId]);
  if (!seen) throw notFound('cart');
  const rejected = isOpen(seen, tx.clock.now()) ? await rejectionOf(tx, { ...seen, couponCodes: withCode(seen, code) }, code) : undefined;
  if (rejected) return rejected;
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  if (cart.couponCodes.includes(code)) return Cart.of(cart);
  if (cart.couponCodes.length >= quotedCouponsMax) return Object.assign(new TooManyCoupons(), { message: `A cart has at most ${quotedCouponsMax} coupons.`, max: quotedCouponsMax });
  return Cart.of(await saveCart(tx, cart, { ...reopened(cart), couponCodes: withCode(cart, code) }));
}

/** The newest codes when there are too many: the one that is tried is among them. */
function withCode({ couponCodes }: Pick<CartRow, 'couponCodes'>, code: string): string[] {
  return [...new Set([...couponCodes, code])].slice(-quotedCouponsMax);
}

/** Takes a code off; one that is not there is gone already. */
export async function removeCoupon(tx: CartsTx, input: RemoveCouponInput): Promise<Cart | CartNotOpen> {
  const { cartId, code } = parsed(rules, input);
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  if (!cart.couponCodes.includes(code)) return Cart.of(cart);
  return Cart.of(await saveCart(tx, cart, { ...reopened(cart), couponCodes: cart.couponCodes.filter((one) => one !== code) }));
}

type QuotedCart = Pick<CartRow, 'lines' | 'shippingAddress' | 'couponCodes' | 'userId' | 'guestKey' | 'contact'>;

const notYet: ReadonlySet<unknown> = new Set(['SHIPPING_METHOD', 'PAYMENT']);

async function rejectionOf(tx: CartsTx, cart: QuotedCart, code: string): Promise<CouponRejected | undefined> {
  const { currency, rejected } = await tx.ask(pricingQuote, quoteOf(cart, buyerOf(cart, tx.viewer)));
  const found = rejected.find(({ couponCode }) => couponCode === code);
  if (!found || notYet.has(found.condition)) return undefined;
  const reason = found.reason === 'BUDGET_SPENT' ? CouponRejectedReason.USED_UP : CouponRejectedReason[found.reason];
  const missing = found.missingMinor === null ? null : Money.of(found.missingMinor, currency);
  return Object.assign(new CouponRejected(), { message: `The coupon ${code} gives nothing here: ${sentences[reason]}`, reason, missing });
}

/** What pricing must know of a cart. What shipping costs is not known here, nor how it will be paid: a coupon that asks for either is kept. */
function quoteOf({ lines, shippingAddress, couponCodes, contact }: QuotedCart, buyer: Buyer) {
  return {
    lines: lines.map(({ id, offerId, quantity }) => ({ lineId: id, offerId, quantity })), destination: shippingAddress && destinationOf(shippingAddress), couponCodes: [...couponCodes], buyer,
    emailHash: hashOf(contact?.email), phoneHash: hashOf(contact?.phone), shipping: [], paymentChoice: null,
  };
}

/** As contact keeps both: an address in lower case, a number in E.164. */
function hashOf(text: string | null | undefined): string | null {
  return text ? createHash('sha256').update(text).digest('hex') : null;
}

const sentences: Readonly<Record<CouponRejectedReason, string>> = {
  UNKNOWN: 'there is no such coupon.', NOT_STARTED: 'it is not valid yet.', EXPIRED: 'it is no longer valid.', USED_UP: 'it is used up.', CUSTOMER_LIMIT: 'you used it as often as you may.',
  DAILY_LIMIT: 'it is used up for today.', BELOW_MINIMUM: 'the cart is below its minimum.', NO_MATCHING_GOODS: 'it covers nothing in the cart.', NOT_ELIGIBLE: 'it is meant for other customers.',
  NOT_COMBINABLE: 'it cannot be combined with another one.', TOO_MANY_ATTEMPTS: 'too many codes were tried; wait a little.',
};
