import type { Representation } from '@haat/kit/define';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ShippingContext } from '../context.js';
import { CartGroup, optionsRequire, ShippingOption } from './cart-group.type.js';

/** How a vendor's part of a cart can be sent. */
@Resolver(() => CartGroup)
export class CartGroupResolver {
  @Directive(`@requires(fields: "${optionsRequire}")`)
  @FieldResolver(() => [ShippingOption], { nullable: true, description: 'The ways to send these goods to the cart\'s address; empty where nothing goes there, null until an address is set.' })
  async shippingOptions(@Root() group: CartGroup, @Ctx() ctx: ShippingContext): Promise<ShippingOption[] | null> {
    const found = await ctx.loaders.optionsByGroup.load(group);
    return found && found.map((option) => ShippingOption.of(option, group.vendorId, ctx.tenant.currency));
  }

  @Directive(`@requires(fields: "${optionsRequire}")`)
  @FieldResolver(() => ShippingOption, { nullable: true, description: 'The way that was chosen; null until one is, and where it is not there any more.' })
  async chosenShipping(@Root() group: CartGroup, @Ctx() ctx: ShippingContext): Promise<ShippingOption | null> {
    const chosen = (await ctx.loaders.optionsByGroup.load(group))?.find(({ method }) => method.id === group.chosenShippingMethodId);
    return chosen ? ShippingOption.of(chosen, group.vendorId, ctx.tenant.currency) : null;
  }
}

/** Others' parts of carts as the gateway hands them on: we keep none. One that came without its lines is none; nor is one with goods none of which is of this marketplace. One statement. */
export async function findCartGroups(ctx: ShippingContext, keys: readonly Representation[]): Promise<(CartGroup | null)[]> {
  const groups = keys.map((key) => Object.assign(new CartGroup(), key));
  const known: { id: string }[] = await ctx.db.query('select id from offer_fact where id = any($1)', [[...new Set(groups.flatMap(({ lines }) => (lines ?? []).flatMap((line) => line?.offerId ?? [])))]]);
  const ids = new Set(known.map(({ id }) => id));
  return groups.map((group) => (group.lines && (group.lines.length === 0 || group.lines.some((line) => ids.has(line?.offerId))) ? group : null));
}
