import { cartRead } from '@haat/schema/asks/carts';
import { inventoryCount } from '@haat/schema/asks/inventory';
import { destinationOf } from '@haat/schema/parts';
import type { OrdersContext } from '../context.js';
import { checkoutFactsOf } from '../checkout/checkout-facts.js';
import { emptyCart } from '../checkout/decide-order.js';
import { findProblems, type FoundProblem } from '../checkout/find-problems.js';
import { gather } from '../checkout/gather.js';

/**
 * What stands between one's own cart and an order, by the same rules as placeOrder; null for anybody else's cart. Stock is
 * counted here, where placeOrder reserves: what it says is left may be gone a moment later.
 */
export async function cartProblems(ctx: OrdersContext, cartId: string): Promise<FoundProblem[] | null> {
  const { cart } = await ctx.ask(cartRead, { cartId });
  if (!cart) return null;
  if (cart.lines.length === 0) return emptyCart({ cart });
  const count = { offerIds: [...new Set(cart.lines.map(({ offerId }) => offerId))], destination: cart.shippingAddress && destinationOf(cart.shippingAddress) };
  const [gathered, { offers }] = await Promise.all([gather(ctx, cart, null), ctx.ask(inventoryCount, count)]);
  const facts = checkoutFactsOf(gathered, null);
  const left = new Map(offers.map(({ offerId, available }) => [offerId, available]));
  const offerOf = new Map(cart.lines.map(({ lineId, offerId }) => [lineId, offerId]));
  return findProblems({ ...facts, lines: facts.lines.map((line) => ({ ...line, available: left.get(offerOf.get(line.lineId) ?? '') ?? 0 })) });
}
