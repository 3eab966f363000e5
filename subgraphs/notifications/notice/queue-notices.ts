import type { EventEnvelope } from '@haat/schema/event';
import type { NotificationsTx } from '../context.js';
import { noticeBells } from './notice-bell.js';
import { notices, type Notice } from './notice.row.js';

/** What an event has to tell. */
export type News = Omit<Notice, 'actor' | 'occurredAt' | 'attempts' | 'dueAt'>;

/** How old an event may be whose news are still told, in milliseconds: 3 days. Older ones are history that is read again. */
export const newsMs = 3 * 86_400_000;

/** Keeps the news of an event until they are told; the same event makes the same notices. A state that is said again is no news. */
export async function queueNotices(tx: NotificationsTx, event: EventEnvelope, news: readonly News[]): Promise<void> {
  const [now, occurredAt] = [tx.clock.now(), new Date(event.occurredAt)];
  if (event.republished || now.getTime() - occurredAt.getTime() > newsMs) return;
  for (const each of news) {
    const notice = { ...each, actor: event.actor, occurredAt, attempts: 0, dueAt: now, _id: noticeId(event, each) };
    await tx.db.collection(notices).insert(notice, { followUp: true });
  }
  tx.afterCommit(() => noticeBells.ring());
}

function noticeId({ id }: EventEnvelope, { kind, vendorOrderId = '' }: News): string {
  return `${id}:${kind}:${vendorOrderId}`;
}
