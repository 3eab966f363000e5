import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { Representation } from '@haat/kit/define';
import { CartProblem, cartProblemOf } from '../checkout/place-order.type.js';
import type { OrdersContext } from '../context.js';
import { cartProblems } from './cart-problems.js';

/** A cart; carts owns it, and we say what it lacks. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Cart {
  @Field(() => ID) id: string;
}

/** What a cart lacks. */
@Resolver(() => Cart)
export class CartProblemsResolver {
  @FieldResolver(() => [CartProblem], { nullable: true, description: 'What stands between the cart and an order, by the rules of placeOrder; null where somebody could not be asked.' })
  async problems(@Root() { id }: Cart, @Ctx() ctx: OrdersContext): Promise<CartProblem[] | null> {
    return (await cartProblems(ctx, id))?.map(cartProblemOf) ?? null;
  }
}

/** Carts as others name them: whose they are is asked when something is said of them. */
export async function findCarts(_ctx: OrdersContext, keys: readonly Representation[]): Promise<Cart[]> {
  return keys.map(({ id }) => Object.assign(new Cart(), { id }));
}
