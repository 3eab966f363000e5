import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { NotificationsContext } from '../context.js';
import { Delivery, DeliveryStatus } from './delivery.type.js';
import { DeliveryConnection, listDeliveries } from './list-deliveries.js';

/** What became of messages, for who runs the marketplace. */
@Resolver(() => Delivery)
export class DeliveryResolver {
  @Allow('OPERATOR', 'PLATFORM')
  @Query(() => DeliveryConnection, { nullable: true, description: 'Messages that were sent or are to be, newest first; operators only.' })
  deliveries(
    @Ctx() ctx: NotificationsContext,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Arg('status', () => DeliveryStatus, { nullable: true, description: 'Only those that came this far; all when left out.' }) status?: DeliveryStatus | null,
  ): Promise<Page<Delivery>> {
    return listDeliveries(ctx, args, status);
  }
}
