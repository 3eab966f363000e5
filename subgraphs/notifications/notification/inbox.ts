import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { badCursor, cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange } from '@haat/kit/page-range';
import { above, isNotSet, type Where } from '@haat/kit-mongo/mongo-where';
import type { NotificationsContext } from '../context.js';
import { people, personId } from '../person/person.row.js';
import { notifications, type NotificationRow } from './notification.row.js';
import { Notification } from './notification.type.js';
import { titlesOf } from './titles.js';

/** A page of notifications. */
export const { Connection: NotificationConnection } = connectionOf(Notification, { name: 'Notification', description: 'What one person was told, the newest in front.' });

/** Counting what is unread stops here. */
export const unreadCountMax = 1_000;

/** What somebody was told, newest first: all of it, or what they have not read. */
export async function listNotifications(ctx: NotificationsContext, userId: string, args: ForwardPageArgs, isUnreadOnly: boolean): Promise<Page<Notification>> {
  const range = pageRange(args);
  const cursors = cursorsOf({ tenantId: ctx.tenant.id, list: `notifications:${userId}:${isUnreadOnly ? 'unread' : 'all'}:createdAt DESC` });
  const [time, id] = cursors.read(range) ?? [];
  const after = time === undefined || id === undefined ? undefined : { value: momentOf(time), id };
  const readUpTo = await readUpToOf(ctx, userId);
  const rows = await ctx.db.collection(notifications).page(isUnreadOnly ? unread(userId, readUpTo) : { userId }, { orderBy: 'createdAt', descending: true, after, limit: range.count + 1 });
  const titles = await titlesOf(ctx, rows);
  return pageFrom(rows.map((row, place) => Notification.of(row, titles[place] ?? '', readUpTo)), range, ({ createdAt, id: last }) => cursors.write([createdAt.toISOString(), last]));
}

/** One of the viewer's own; anybody else's does not exist. */
export async function findNotification(ctx: NotificationsContext, id: string): Promise<Notification | null> {
  const { userId = '' } = ctx.viewer;
  const row = await ctx.db.collection(notifications).findById(id);
  if (!row || row.userId !== userId) return null;
  const [title = ''] = await titlesOf(ctx, [row]);
  return Notification.of(row, title, await readUpToOf(ctx, userId));
}

/** How much somebody has not read, counted up to {@link unreadCountMax}. */
export async function countUnread(ctx: Pick<NotificationsContext, 'db' | 'tenant'>, userId: string, readUpTo?: Date): Promise<number> {
  return ctx.db.collection(notifications).count(unread(userId, readUpTo ?? (await readUpToOf(ctx, userId))), unreadCountMax);
}

async function readUpToOf({ db, tenant }: Pick<NotificationsContext, 'db' | 'tenant'>, userId: string): Promise<Date | undefined> {
  return (await db.collection(people).findById(personId(tenant.id, userId)))?.readUpTo;
}

function unread(userId: string, readUpTo: Date | undefined): Where<NotificationRow> {
  return { userId, readAt: isNotSet(), ...(readUpTo && { createdAt: above(readUpTo) }) };
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw badCursor('after');
  return moment;
}
