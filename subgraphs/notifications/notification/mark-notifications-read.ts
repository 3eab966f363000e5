import { parsed } from '@haat/kit/input';
import { idText, listOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { NotificationsTx } from '../context.js';
import { people, personId } from '../person/person.row.js';
import { countUnread } from './inbox.js';
import { notifications, type NotificationRow } from './notification.row.js';

/** Notifications that are named at once, at most: a page of them. */
const namedMax = 100;

/** Which were read. */
@InputType({ description: 'Which notifications the viewer has read: those named, or one and all before it.' })
export class MarkNotificationsReadInput {
  @Field(() => [ID], { nullable: true, description: `Those that were read, at most ${namedMax}; not together with upTo.` })
  notificationIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The newest one that was seen: it and all before it are read. Not together with notificationIds.' })
  upTo?: string | null;
}

/** They are read. */
@ObjectType({ description: 'The notifications are marked as read from now on.' })
export class MarkNotificationsReadSucceeded {
  @Field(() => Int, { description: 'How many are still unread, counted up to 1,000.' })
  unreadCount: number;
}

/** Some are not the viewer's. */
@ObjectType({ implements: Problem, description: 'Some notifications do not exist for the viewer; none was marked.' })
export class NotificationsUnknown extends Problem {
  @Field(() => [ID], { description: 'Those that do not exist, as they were named.' })
  notificationIds: readonly string[];
}

/** What is left to read, or why nothing was marked. */
export const MarkNotificationsReadResult = resultOf('MarkNotificationsReadResult', 'How much is left to be read, or why nothing was marked.', [MarkNotificationsReadSucceeded, NotificationsUnknown]);

const rules = z.object({ notificationIds: listOf(idText, namedMax).nullish(), upTo: idText.nullish() })
  .refine(({ notificationIds, upTo }) => [notificationIds, upTo].filter((said) => said !== undefined && said !== null).length === 1, { path: ['notificationIds'], message: 'expected either notificationIds or upTo' });

/** Marks notifications of the viewer as read; those that are stay as they are. */
export async function markNotificationsRead(tx: NotificationsTx, input: MarkNotificationsReadInput): Promise<MarkNotificationsReadSucceeded | NotificationsUnknown> {
  const { notificationIds, upTo } = parsed(rules, input);
  const { userId = '' } = tx.viewer;
  const ids = [...new Set(typeof upTo === 'string' ? [upTo] : notificationIds)];
  const rows = await tx.db.collection(notifications).findByIds(ids);
  const unknown = ids.filter((_, place) => rows[place]?.userId !== userId);
  if (unknown.length > 0) return Object.assign(new NotificationsUnknown(), { message: 'Some of these notifications are not there.', notificationIds: unknown });
  const own = rows.filter((row) => row !== null);
  const readUpTo = typeof upTo === 'string' ? await readUpToThat(tx, userId, own[0]?.createdAt) : undefined;
  if (typeof upTo !== 'string') await readEach(tx, own);
  return Object.assign(new MarkNotificationsReadSucceeded(), { unreadCount: await countUnread(tx, userId, readUpTo) });
}

/** Moves the mark forward, never back. Answers where it is now. */
async function readUpToThat(tx: NotificationsTx, userId: string, at: Date | undefined): Promise<Date | undefined> {
  const written = await tx.db.collection(people).changeOrInsert(personId(tx.tenant.id, userId), (person) => {
    const isBehind = at !== undefined && (person?.readUpTo === undefined || person.readUpTo < at);
    return isBehind ? { wishes: [], ...person, userId, readUpTo: at } : undefined;
  });
  return 'document' in written ? written.document.readUpTo : at;
}

async function readEach(tx: NotificationsTx, rows: readonly NotificationRow[]): Promise<void> {
  const readAt = tx.clock.now();
  for (const { _id } of rows.filter((row) => row.readAt === undefined)) {
    await tx.db.collection(notifications).change(_id, (row) => (row.readAt === undefined ? { ...row, readAt } : undefined), { followUp: true });
  }
}
