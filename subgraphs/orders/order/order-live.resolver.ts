import { orderChanged, vendorOrderChanged } from '@haat/schema/events/orders';
import { Allow, Public } from '@haat/kit/access';
import { Live, neverHere } from '@haat/kit/live';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { Order, VendorOrder } from './order.type.js';

/** Orders as they change, for those who look at them now. */
@Resolver()
export class OrderLiveResolver {
  @Allow('OPERATOR', { vendor: 'vendorId', grant: 'orders.manage' }, { roles: ['TOKEN'], grant: 'orders.manage' })
  @Live({ event: vendorOrderChanged, match: { vendorId: 'payload.vendorId' }, answer: 'vendorOrder', by: { id: 'aggregate.id' }, grant: 'orders.manage' })
  @Subscription(() => VendorOrder, { subscribe: neverHere, description: 'Each part of an order that a vendor gets, and each change of one, for its merchants: from `after` on, then as it happens.' })
  vendorOrderChanged(
    @Root() root: VendorOrder, @Arg('vendorId', () => ID, { description: 'The vendor whose parts are watched.' }) _vendorId: string,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last payload that arrived, in extensions.cursor; what was missed since comes first.' }) _after?: string,
  ): VendorOrder {
    return root;
  }

  @Public()
  @Live({ event: orderChanged, match: { orderId: 'payload.orderId' }, answer: 'order', by: { id: 'payload.orderId' } })
  @Subscription(() => Order, { subscribe: neverHere, description: 'Each change of one order, for its buyer: from `after` on, then as it happens.' })
  orderChanged(
    @Root() root: Order, @Arg('orderId', () => ID, { description: 'The order that is watched.' }) _orderId: string,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last payload that arrived, in extensions.cursor; what was missed since comes first.' }) _after?: string,
  ): Order {
    return root;
  }
}
