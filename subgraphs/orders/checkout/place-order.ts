import { cartFreeze, cartRead, type FrozenCart } from '@haat/schema/asks/carts';
import { inventoryReserve } from '@haat/schema/asks/inventory';
import { pricingRedeem } from '@haat/schema/asks/pricing';
import { destinationOf } from '@haat/schema/parts';
import { invariant } from '@haat/kit/invariant';
import { notFound, Refusal } from '@haat/kit/refusal';
import type { OrdersContext } from '../context.js';
import { emailHashOf, phoneHashOf } from '../order/email-hash.js';
import { beginCheckout } from './begin-checkout.js';
import { inLane } from './checkout-lane.js';
import { checkoutSteps, type CheckoutStep } from './checkout-steps.js';
import type { CheckoutRow } from './checkout.row.js';
import { decideOrder, type Decision, type Wish } from './decide-order.js';
import { endCheckout } from './end-checkout.js';
import { gather } from './gather.js';
import { writeOrder } from './write-order.js';
import type { Quote } from './gathered.js';
import { problemOf, type KeptProblem } from './kept-problem.js';
import { openPayment, type OpenedPayment } from './open-payment.js';

/** What the buyer wants. */
export interface PlaceOrderWish extends Wish {
  readonly cartId: string;
  readonly idempotencyKey: string;
  readonly savedPaymentMethodId: string | null;
}

/** What it came to: an order with its payment, or the problem that stands in the way. */
export type Placed = { readonly orderId: string; readonly payment: OpenedPayment | null } | KeptProblem;

/**
 * Places an order, each step of design.md's checkout in turn. Everything that is taken of others is keyed by the order's id,
 * which is committed first: whoever dies on the way is found by the job, and whoever asks again gets the same answer.
 */
export function placeOrder(ctx: OrdersContext, wish: PlaceOrderWish): Promise<Placed> {
  return inLane(ctx, () => placeInTurn(ctx, wish));
}

async function placeInTurn(ctx: OrdersContext, wish: PlaceOrderWish): Promise<Placed> {
  const { cartId, idempotencyKey: clientKey, ...rest } = wish;
  // Before anything is written: whoever names somebody else's cart leaves no trace of it, and keeps nobody waiting.
  if (!(await ctx.ask(cartRead, { cartId })).cart) throw notFound('cart');
  const checkout = await ctx.transaction((tx) => beginCheckout(tx, { cartId, clientKey, input: { cartId, ...rest } }));
  // Its order died since, and the cart may be ordered anew under another key; this one goes on naming the old order.
  if (checkout.outcome && 'orderId' in checkout.outcome) return { orderId: checkout.orderId, payment: null };
  if (checkout.outcome) return checkout.outcome as unknown as KeptProblem;
  if (checkout.state === 'PLACED') return { orderId: checkout.orderId, payment: null };
  try {
    const problem = await takeAndWrite(ctx, wish, checkout);
    if (problem) return await ended(ctx, checkout, problem);
  } catch (error) {
    // What could not be undone now is undone by the job; the reason to stop is what the buyer must hear.
    await endCheckout(ctx, checkout, null).catch((undoing: unknown) => ctx.log.warn({ err: undoing, checkout: checkout.id }, 'A checkout could not be undone yet.'));
    throw error;
  }
  return { orderId: checkout.orderId, payment: await openPayment(ctx, checkout.orderId) };
}

/** A checkout under way, with what its steps have brought so far. */
interface Taking {
  readonly ctx: OrdersContext;
  readonly wish: PlaceOrderWish;
  readonly checkout: CheckoutRow;
  cart?: FrozenCart;
  decided?: Extract<Decision, { kind: 'ORDER' }>;
}

/** Steps 2 to 10: what stands in the way, or nothing where the order is written. */
async function takeAndWrite(ctx: OrdersContext, wish: PlaceOrderWish, checkout: CheckoutRow): Promise<KeptProblem | undefined> {
  const taking: Taking = { ctx, wish, checkout };
  for (const { take } of checkoutSteps) {
    const problem = await steps[take](taking);
    if (problem) return problem;
  }
  return undefined;
}

const steps: Readonly<Record<CheckoutStep, (taking: Taking) => Promise<KeptProblem | undefined>>> = {
  async freeze(taking) {
    taking.cart = await frozen(taking.ctx, taking.checkout);
    return undefined;
  },
  async decide(taking) {
    const { ctx, wish } = taking;
    const decided = decideOrder(await gather(ctx, brought(taking.cart), wish.payWith), wish);
    if (decided.kind !== 'ORDER') return problemOf(decided);
    taking.decided = decided;
    return undefined;
  },
  reserve: ({ ctx, checkout, cart }) => reserve(ctx, checkout.orderId, brought(cart)),
  redeem: ({ ctx, checkout, cart, decided }) => redeem(ctx, checkout.orderId, { cart: brought(cart), priced: brought(decided).priced }),
  async write({ ctx, wish: { savedPaymentMethodId }, checkout: { id: checkoutId }, cart, decided }) {
    const { draft, priced } = brought(decided);
    await ctx.transaction((tx) => writeOrder(tx, { checkoutId, cart: brought(cart), draft, priced, savedPaymentMethodId }));
    return undefined;
  },
};

function brought<T>(part: T | undefined): T {
  invariant(part !== undefined, 'A step of a checkout came before the one it stands on.');
  return part;
}

async function frozen(ctx: OrdersContext, { cartId, orderId, deadlineAt }: CheckoutRow): Promise<FrozenCart> {
  const freeze = await ctx.ask(cartFreeze, { cartId, orderId, until: deadlineAt.toISOString() });
  if (freeze.outcome === 'FROZEN') return freeze.cart;
  if (freeze.outcome === 'TAKEN') throw new Refusal('CONFLICT_IN_PROGRESS', 'This cart is being ordered already; ask again.', { retryAfterSeconds: 2 });
  throw notFound('cart');
}

async function reserve(ctx: OrdersContext, orderId: string, { lines, shippingAddress }: FrozenCart): Promise<KeptProblem | undefined> {
  const held = await ctx.ask(inventoryReserve, { orderId, lines: lines.map(({ lineId, offerId, quantity }) => ({ lineId, offerId, quantity })), destination: shippingAddress && destinationOf(shippingAddress), holdMinutes: ctx.config.CHECKOUT_HOLD_MINUTES });
  if (held.outcome === 'HELD') return undefined;
  if (held.outcome === 'RELEASED') throw new Refusal('CONFLICT_IN_PROGRESS', 'The checkout took too long and was undone; try again.', { retryAfterSeconds: 2 });
  return { __typename: 'OutOfStock', message: 'Not everything in the cart is left.', lines: held.lines.map(({ lineId, requested, available }) => ({ cartLineId: lineId, requested, available })) };
}

async function redeem(ctx: OrdersContext, orderId: string, { cart, priced }: { readonly cart: FrozenCart; readonly priced: Quote }): Promise<KeptProblem | undefined> {
  const { redemptions, quotas, budgets, byNumber = [] } = priced;
  if (redemptions.length + quotas.length + budgets.length + byNumber.length === 0) return undefined;
  const taken = await ctx.ask(pricingRedeem, { orderId, buyer: cart.buyer, emailHash: emailHashOf(cart.contact), phoneHash: phoneHashOf(cart.contact), redemptions, quotas, budgets, ...(byNumber.length > 0 && { byNumber }) });
  if (taken.outcome === 'REDEEMED') return undefined;
  return { __typename: 'CouponRejected', message: `${taken.couponCode ?? (taken.offerId ? 'A sale' : 'A promotion')} gives nothing any more.`, reason: taken.reason === 'BUDGET_SPENT' ? 'USED_UP' : taken.reason, missing: null };
}

async function ended(ctx: OrdersContext, checkout: CheckoutRow, problem: KeptProblem): Promise<KeptProblem> {
  await endCheckout(ctx, checkout, problem as never).catch((error: unknown) => ctx.log.warn({ err: error, checkout: checkout.id }, 'A checkout could not be undone yet.'));
  return problem;
}
