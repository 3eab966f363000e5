import { Money } from '@haat/kit/money';
import { PaymentChoice } from '@haat/kit/shared-types';
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PricingContext } from '../context.js';
import { quotedCart } from '../quote/quoted-cart.js';
import { CartTotals } from './cart-totals.type.js';
import { Cart, CartGroup, subtotalRequires, totalsRequire } from './cart.type.js';
import { quoteOfCart, quoteOfGroup } from './quote-of-cart.js';
import { totalsOf } from './totals-of.js';

/** A cart's numbers. */
@Resolver(() => Cart)
export class CartResolver {
  @Directive(`@requires(fields: "${totalsRequire}")`)
  @FieldResolver(() => CartTotals, { nullable: true, description: 'The numbers of the cart now, by the same rules as an order\'s; null where a part of the cart could not be read, or the region of its address decides on a tax and is not known.' })
  async totals(
    @Root() cart: Cart, @Ctx() ctx: PricingContext,
    @Arg('payWith', () => PaymentChoice, { nullable: true, description: 'How the buyer thinks of paying: what counts for some ways to pay alone counts with one of them. Without it, it waits.' }) payWith?: PaymentChoice | null,
  ): Promise<CartTotals | null> {
    const wish = quoteOfCart(ctx, cart, payWith ?? null);
    const quoted = wish && (await quotedCart(ctx, wish));
    return quoted && quoted.regionsExpected.length === 0 ? totalsOf(quoted) : null;
  }
}

/** What a vendor's goods in a cart are worth. */
@Resolver(() => CartGroup)
export class CartGroupResolver {
  @Directive(`@requires(fields: "${subtotalRequires}")`)
  @FieldResolver(() => Money, { nullable: true, description: 'The goods at unit price times quantity, before promotions and coupons: what prices of delivery go by.' })
  async subtotal(@Root() group: CartGroup, @Ctx() ctx: PricingContext): Promise<Money | null> {
    const wish = quoteOfGroup(ctx, group);
    return wish && Money.of(await ctx.loaders.subtotalByGroup.load({ groupId: group.id, wish }) ?? 0, ctx.tenant.currency);
  }
}
