import { Allow } from '@haat/kit/access';
import { hasCursor, PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { listOrdersOfUser, listVendorOrders, OrderConnection, VendorOrderConnection } from './list-orders.js';
import { VendorOrderStatus } from './order-enums.js';
import { User, Vendor } from './orders-of.js';

/** What somebody bought. */
@Resolver(() => User)
export class UserOrdersResolver {
  @Allow('OPERATOR', 'SYSTEM', { self: 'id' })
  @FieldResolver(() => OrderConnection, { nullable: true, description: 'What the person bought, newest first: for themselves and operators.' })
  orders(@Root() { id }: User, @Ctx() ctx: OrdersContext, @Args(() => PageArgs) page: PageArgs) {
    return hasCursor(page) ? listOrdersOfUser(ctx, id, page) : ctx.loaders.ordersOfUser.load({ id, page });
  }
}

/** What a vendor has to send. */
@Resolver(() => Vendor)
export class VendorOrdersResolver {
  @Allow('OPERATOR', 'SYSTEM', { vendor: 'id', grant: 'orders.manage' }, { roles: ['TOKEN'], grant: 'orders.manage' })
  @FieldResolver(() => VendorOrderConnection, { nullable: true, description: 'What the vendor has to send, newest first: for its merchants, operators, and API tokens that may manage its orders.' })
  orders(@Root() { id }: Vendor, @Ctx() ctx: OrdersContext, @Args(() => PageArgs) page: PageArgs, @Arg('status', () => [VendorOrderStatus], { nullable: true, description: 'Only parts in one of these states; all when left out.' }) status?: VendorOrderStatus[]) {
    return hasCursor(page) ? listVendorOrders(ctx, id, page, status) : ctx.loaders.ordersOfVendor.load({ id, page, status });
  }
}
