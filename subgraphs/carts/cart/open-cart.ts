import { createHmac, randomBytes } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { CartsTx } from '../context.js';
import { Cart } from './cart.js';
import { CartNotOpen } from './cart-problems.js';
import { CartRow } from './cart.row.js';
import { isOpen } from './owned-cart.js';
import { reopened, sayChanged, timesOf } from './save-cart.js';

/** How a cart is opened. */
@InputType({ description: 'How a cart is opened; nothing has to be said.' })
export class OpenCartInput {
  @Field(() => ID, { nullable: true, description: 'Names this wish. A person has one open cart whatever it is; a guest without a cart who asks again gets another empty one, since a key is no secret.' })
  idempotencyKey?: string | null;
}

/** A cart, and what a guest needs to come back to it. */
@ObjectType({ description: 'The cart to put goods into, and for a guest the secret that reaches it.' })
export class OpenCartSucceeded {
  @Field(() => Cart, { description: 'The open cart: the one there was, or a new one.' }) cart: Cart;
  @Field(() => String, { nullable: true, description: 'For the header x-haat-cart of a guest; shown once, when the cart is made.' }) secret: string | null;
}

/** The cart, or why there is none. */
export const OpenCartResult = resultOf('OpenCartResult', 'The cart to put goods into, or why the one named by its secret takes none.', [OpenCartSucceeded, CartNotOpen]);

/** Answers the viewer's open cart, or makes one. A guest is known by the secret of the header, and gets a new one without it. */
export async function openCart(tx: CartsTx): Promise<OpenCartSucceeded | CartNotOpen> {
  const { userId, guestKey } = tx.viewer;
  if (userId !== undefined) return succeeded(await cartOfUser(tx, userId), null);
  const there = guestKey === undefined ? null : await tx.db.findOneBy(CartRow, { tenantId: tx.tenant.id, guestKey });
  if (there) return isOpen(there, tx.clock.now()) ? succeeded(there, null) : CartNotOpen.of(there);
  const secret = randomBytes(32).toString('base64url');
  return succeeded(await insertCart(tx, { userId: null, guestKey: guestKeyOf(secret, tx) }), secret);
}

/** The person's one open cart, made where there is none. An expired one makes room. */
export async function cartOfUser(tx: CartsTx, userId: string): Promise<CartRow> {
  // Two first calls at once would both see no cart: one after the other, by the person.
  await tx.db.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${tx.tenant.id}:${userId}`]);
  const there = await tx.db.createQueryBuilder(CartRow, 'c').where(`c.user_id = :userId and c.state in ('OPEN', 'FROZEN')`, { userId }).getOne();
  if (!there) return insertCart(tx, { userId, guestKey: null });
  const isNotBusy = isOpen(there, tx.clock.now());
  if (isNotBusy && there.state === 'FROZEN') return tx.db.save(Object.assign(there, reopened(there), { version: there.version + 1 }));
  if (isNotBusy || there.state === 'FROZEN') return there;
  await tx.db.save(Object.assign(there, { state: 'EXPIRED', version: there.version + 1 }));
  return insertCart(tx, { userId, guestKey: null });
}

async function insertCart(tx: CartsTx, owner: Pick<CartRow, 'userId' | 'guestKey'>): Promise<CartRow> {
  const now = tx.clock.now();
  const empty = { lines: [], groups: [], groupIds: [], couponCodes: [], contact: null, shippingAddress: null, billingAddress: null, note: null, storedMetadata: [], orderId: null, frozenUntil: null };
  const row = tx.db.create(CartRow, {
    tenantId: tx.tenant.id, id: newId('cart', now), version: 1, ...owner, ...empty, state: 'OPEN', currency: tx.tenant.currency, locale: tx.locale, touchedAt: now,
    ...timesOf({ ...owner, lines: [], contact: null }, now, tx.config),
  });
  await tx.db.insert(CartRow, row);
  await sayChanged(tx, row);
  return row;
}

/** As the gateway makes it of the header: what is kept names the guest and is useless to whoever reads it. */
function guestKeyOf(secret: string, tx: CartsTx): string {
  return createHmac('sha256', tx.config.GUEST_KEY_SECRET).update(`${tx.tenant.id}:${secret}`).digest('base64url');
}

function succeeded(row: CartRow, secret: string | null): OpenCartSucceeded {
  return Object.assign(new OpenCartSucceeded(), { cart: Cart.of(row), secret });
}
