import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { parsed } from '@haat/kit/input';
import { idText, lineOf, noteCharactersMax, textOf } from '@haat/kit/limits';
import { badInput } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { Cart } from '../cart/cart.js';
import { CartNotOpen } from '../cart/cart-problems.js';
import { openedCart } from '../cart/owned-cart.js';
import { reopened, saveCart } from '../cart/save-cart.js';
import type { CartsTx } from '../context.js';

/** How the buyer is reached. What is left out stays as it is. */
@InputType({ description: 'How the buyer is reached. What is left out stays as it is; null takes it away.' })
export class SetCartContactInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => String, { nullable: true, description: 'E-mail address for the confirmation and the invoice, at most 254 characters.' }) email?: string | null;
  @Field(() => String, { nullable: true, description: 'Telephone number with its country code, such as +8801712345678.' }) phone?: string | null;
  @Field(() => String, { nullable: true, description: 'How the buyer wants to be called, at most 120 characters.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'A word to the vendors, at most 500 characters.' }) note?: string | null;
}

/** The cart with the contact. */
export const SetCartContactResult = resultOf('SetCartContactResult', 'The cart with the contact, or why it cannot be changed.', [Cart, CartNotOpen]);

const rules = z.object({
  cartId: idText,
  email: z.string().trim().max(254).pipe(z.email('expected an e-mail address')).transform((text) => text.toLowerCase()).nullish(),
  phone: z.string().max(40).nullish(),
  name: lineOf(120).nullish(),
  note: textOf(noteCharactersMax).nullish(),
});

/** Sets how the buyer is reached, and the note to the vendors. */
export async function setCartContact(tx: CartsTx, input: SetCartContactInput): Promise<Cart | CartNotOpen> {
  const { cartId, note, phone, ...rest } = parsed(rules, input);
  const said = { ...rest, ...(phone === undefined ? {} : { phone: phone === null ? null : e164(phone) }) };
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  const contact = { email: null, phone: null, name: null, ...cart.contact, ...withoutAbsent(said) };
  return Cart.of(await saveCart(tx, cart, { ...reopened(cart), contact, ...(note === undefined ? {} : { note }) }));
}

function e164(phone: string): string {
  const number = parsePhoneNumberFromString(phone);
  if (!number?.isValid()) throw badInput([{ path: ['input', 'phone'], message: `expected a telephone number with its country code, such as +8801712345678, came ${JSON.stringify(phone)}` }]);
  return number.number;
}

function withoutAbsent<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<T>;
}
