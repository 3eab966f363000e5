import { notificationArrived } from '@haat/schema/events/notifications';
import { Allow } from '@haat/kit/access';
import { Live, neverHere } from '@haat/kit/live';
import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { Notification } from './notification.type.js';

/** What people are told, as it arrives. */
@Resolver()
export class NotificationLiveResolver {
  @Allow('USER')
  @Live({ event: notificationArrived, match: { 'viewer.userId': 'payload.userId' }, answer: 'notification', by: { id: 'payload.notificationId' } })
  @Subscription(() => Notification, { subscribe: neverHere, description: 'What the viewer is told, as it arrives: from `after` on, then as it happens.' })
  notificationArrived(
    @Root() root: Notification,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last payload that arrived, in extensions.cursor; what was missed since comes first.' }) _after?: string,
  ): Notification {
    return root;
  }
}
