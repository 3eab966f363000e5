import { createHash } from 'node:crypto';
import { callerOf } from '@haat/kit/identity';
import { newId } from '@haat/kit/id';
import { Refusal } from '@haat/kit/refusal';
import type { OrdersTx } from '../context.js';
import { CheckoutRow } from './checkout.row.js';

/** When a client whose first call is still under way may ask again, in seconds. */
const retryAfterSeconds = 2;

/** What identifies a wish for an order. */
export interface CheckoutWish {
  readonly cartId: string;
  readonly clientKey: string;
  /** Everything that decides the order: another one under the same key is refused. */
  readonly input: unknown;
}

/**
 * The checkout of a wish: new, or the one there is. One that came to its end answers for ever; one that is under way is
 * taken over once its time is over, by the same order id. Commit it before anything is asked of others.
 */
export async function beginCheckout(tx: OrdersTx, { cartId, clientKey, input }: CheckoutWish): Promise<CheckoutRow> {
  const actor = callerOf(tx.viewer, tx.subgraph);
  const requestHash = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
  // One key, one cart, one checkout: whoever comes at the same time waits here, and finds the other's row. The key first, always, so that no two wait for each other.
  for (const one of [`${actor}:${clientKey}`, cartId]) await tx.db.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${tx.tenant.id}:${one}`]);
  const known = await tx.db.findOneBy(CheckoutRow, { tenantId: tx.tenant.id, actor, clientKey });
  if (known && known.requestHash !== requestHash) throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for another order; take a new one.');
  // What another key made of the cart since comes first: a cart becomes one order.
  const there = known && !cameToNothing(known) ? known : (await ofCart(tx, cartId)) ?? known;
  if (!there) return insertCheckout(tx, { cartId, actor, clientKey, requestHash });
  // Undone because nobody brought it to an end: the wish may be tried anew, by another order id, since what the old one gave back it cannot take again.
  if (cameToNothing(there)) return tx.db.save(Object.assign(there, { state: 'OPEN', orderId: newId('ord', tx.clock.now()), deadlineAt: deadlineOf(tx), version: there.version + 1 }));
  if (there.state === 'PLACED' || there.state === 'ENDED') return there;
  if (there.state === 'UNDOING' || there.deadlineAt > tx.clock.now()) throw new Refusal('CONFLICT_IN_PROGRESS', 'This cart is being ordered already; ask again.', { retryAfterSeconds });
  return tx.db.save(Object.assign(there, { deadlineAt: deadlineOf(tx), version: there.version + 1 }));
}

function cameToNothing({ state, outcome }: CheckoutRow): boolean {
  return state === 'ENDED' && outcome === null;
}

/** The last checkout of a cart that stands or is under way: another key for the same cart gets the same order. */
function ofCart(tx: OrdersTx, cartId: string): Promise<CheckoutRow | null> {
  return tx.db.createQueryBuilder(CheckoutRow, 'c').where(`c.cartId = :cartId and c.state <> 'ENDED'`, { cartId }).orderBy('c.id', 'DESC').getOne();
}

function insertCheckout(tx: OrdersTx, wish: Pick<CheckoutRow, 'cartId' | 'actor' | 'clientKey' | 'requestHash'>): Promise<CheckoutRow> {
  const now = tx.clock.now();
  return tx.db.save(tx.db.create(CheckoutRow, { tenantId: tx.tenant.id, id: newId('chk', now), version: 1, ...wish, orderId: newId('ord', now), state: 'OPEN', outcome: null, deadlineAt: deadlineOf(tx) }));
}

function deadlineOf(tx: OrdersTx): Date {
  return new Date(tx.clock.now().getTime() + tx.config.CHECKOUT_SECONDS * 1_000);
}
