import { Allow } from '@haat/kit/access';
import type { Representation } from '@haat/kit/define';
import { ForwardPageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { NotificationsContext } from '../context.js';
import { NotificationKind } from '../notice/notice-kind.js';
import { NotificationPreference } from '../person/notification-preference.type.js';
import { people, personId } from '../person/person.row.js';
import { SetNotificationPreferenceInput, SetNotificationPreferenceResult, setNotificationPreference } from '../person/set-notification-preference.js';
import { wishOf } from '../person/wish.js';
import { countUnread, findNotification, listNotifications, NotificationConnection } from './inbox.js';
import { MarkNotificationsReadInput, MarkNotificationsReadResult, markNotificationsRead } from './mark-notifications-read.js';
import { Notification, User } from './notification.type.js';

/** What people are told in the application. */
@Resolver(() => Notification)
export class NotificationResolver {
  @Allow('USER')
  @Query(() => Notification, { nullable: true, description: "One of the viewer's own notifications; null for anybody else's." })
  notification(@Ctx() ctx: NotificationsContext, @Arg('id', () => ID, { description: 'The notification to be read; begins with ntf_.' }) id: string): Promise<Notification | null> {
    return findNotification(ctx, id);
  }

  @Allow('USER')
  @Mutation(() => MarkNotificationsReadResult, { description: 'Marks notifications of the viewer as read, each or all up to one.' })
  markNotificationsRead(@Ctx() ctx: NotificationsContext, @Arg('input', () => MarkNotificationsReadInput) input: MarkNotificationsReadInput): Promise<object> {
    return ctx.transaction((tx) => markNotificationsRead(tx, input));
  }

  @Allow('USER')
  @Mutation(() => SetNotificationPreferenceResult, { description: 'Says on which ways the viewer wants to be told one kind of thing.' })
  setNotificationPreference(@Ctx() ctx: NotificationsContext, @Arg('input', () => SetNotificationPreferenceInput) input: SetNotificationPreferenceInput): Promise<object> {
    return ctx.transaction((tx) => setNotificationPreference(tx, input));
  }
}

/** What somebody was told, for nobody but them. */
@Resolver(() => User)
export class UserNotificationsResolver {
  @Allow({ self: 'id' })
  @FieldResolver(() => NotificationConnection, { nullable: true, description: 'What the person was told, newest first; for themselves only.' })
  notifications(
    @Root() { id }: User,
    @Ctx() ctx: NotificationsContext,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Arg('unreadOnly', () => Boolean, { nullable: true, description: 'True leaves out what is read.' }) unreadOnly?: boolean | null,
  ) {
    return listNotifications(ctx, id, args, unreadOnly ?? false);
  }

  @Allow({ self: 'id' })
  @FieldResolver(() => Int, { nullable: true, description: 'How much the person has not read, counted up to 1,000; for themselves only.' })
  unreadCount(@Root() { id }: User, @Ctx() ctx: NotificationsContext) {
    return countUnread(ctx, id);
  }

  @Allow({ self: 'id' })
  @FieldResolver(() => [NotificationPreference], { nullable: true, description: 'On which ways the person is told each kind of thing; for themselves only.' })
  async notificationPreferences(@Root() { id }: User, @Ctx() ctx: NotificationsContext) {
    const person = await ctx.db.collection(people).findById(personId(ctx.tenant.id, id));
    return Object.values(NotificationKind).map((kind) => NotificationPreference.of(wishOf(person, kind)));
  }
}

/** People as others name them. */
export async function findUsers(_ctx: NotificationsContext, keys: readonly Representation[]): Promise<User[]> {
  return keys.map(({ id }) => Object.assign(new User(), { id }));
}
