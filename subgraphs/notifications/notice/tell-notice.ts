import { notificationArrived } from '@haat/schema/events/notifications';
import { fixedId } from '@haat/kit/id';
import type { NotificationsContext } from '../context.js';
import { backOffMs } from '../delivery/back-off.js';
import { deliveries } from '../delivery/delivery.row.js';
import { newDelivery, sayFailed } from '../delivery/queue-delivery.js';
import { ringQueued } from '../delivery/queued-bell.js';
import { notifications } from '../notification/notification.row.js';
import { people, personId } from '../person/person.row.js';
import { wishOf, type Wish } from '../person/wish.js';
import { TemplateKind } from '../template/template-kind.js';
import { notices, type NoticeRow } from './notice.row.js';
import { newsMs } from './queue-notices.js';
import { audienceOf, type Audience, type Recipient } from './recipients.js';

/** How long a notification is kept, in milliseconds: 180 days. */
const keptMs = 180 * 86_400_000;

/**
 * Tells one piece of news to everybody whom it concerns, on the ways they want. Each message has an id of the notice and its
 * reader, so that dying in between and telling it again tells nobody twice. The notice is gone when all are written.
 */
export async function tellNotice(ctx: NotificationsContext, id: string): Promise<void> {
  const notice = await ctx.db.collection(notices).findById(id);
  if (!notice) return;
  const audience = await audienceOf(ctx, notice);
  if (!audience) return wait(ctx, notice);
  const told = await withWishes(ctx, notice, audience);
  const inApp = told.flatMap(({ recipient, wish }) => inAppOf(ctx, notice, audience, recipient, wish));
  const mails = told.flatMap(({ recipient, wish }) => mailOf(ctx, notice, audience, recipient, wish));
  await ctx.transaction(async (tx) => {
    await tx.db.collection(notifications).insertMany(inApp, ({ _id, userId, kind }) => tx.emit(notificationArrived, { aggregate: { id: _id, version: 1 }, payload: { notificationId: _id, userId, kind } }));
    await tx.db.collection(deliveries).insertMany(mails, (delivery) => sayFailed(tx, delivery));
    await tx.db.collection(notices).remove(id);
    tx.afterCommit(ringQueued);
  });
}

/** Puts a notice off: what it needs may come, or who was asked may be back. After days it is no news any more. */
export async function wait(ctx: NotificationsContext, { _id, kind, occurredAt }: NoticeRow): Promise<void> {
  const now = ctx.clock.now();
  const isOver = now.getTime() - occurredAt.getTime() > newsMs;
  if (isOver) ctx.log.warn({ notice: _id, kind }, 'News were dropped, since what they are about never became known.');
  await ctx.transaction(async (tx) => {
    if (isOver) return void (await tx.db.collection(notices).remove(_id));
    await tx.db.collection(notices).change(_id, (notice) => ({ ...notice, attempts: notice.attempts + 1, dueAt: new Date(now.getTime() + backOffMs(notice.attempts + 1, Math.random())) }));
  });
}

interface Told {
  readonly recipient: Recipient;
  readonly wish: Wish;
}

/** Each recipient with what they want; one statement for all. A guest gets mail. */
async function withWishes(ctx: NotificationsContext, { kind, tenantId }: NoticeRow, { recipients }: Audience): Promise<readonly Told[]> {
  const rows = await ctx.db.collection(people).findByIds(recipients.map(({ userId = '' }) => personId(tenantId, userId)));
  return recipients.map((recipient, place) => ({ recipient, wish: wishOf(rows[place], kind) }));
}

function inAppOf(ctx: NotificationsContext, notice: NoticeRow, { orderNumber, vendorName }: Audience, { userId }: Recipient, { inApp }: Wish) {
  if (userId === undefined || !inApp) return [];
  const { _id, kind, orderId, vendorOrderId, vendorId, amountMinor, currency, trackingUrl, occurredAt } = notice;
  const forgetAt = new Date(ctx.clock.now().getTime() + keptMs);
  return [{ _id: fixedId('ntf', `${_id}:${userId}`, occurredAt), userId, kind, orderId, orderNumber, vendorOrderId, vendorId, vendorName, amountMinor, currency, trackingUrl, forgetAt }];
}

function mailOf(ctx: NotificationsContext, notice: NoticeRow, { orderNumber, vendorName }: Audience, { userId, locale, mail }: Recipient, { email }: Wish) {
  if (!mail || !email) return [];
  const { _id, kind, amountMinor, currency, trackingUrl, occurredAt } = notice;
  const { to, sealed, purpose } = mail;
  const delivery = newDelivery({ kind: TemplateKind[kind], userId, vendorName, news: { order: orderNumber, amountMinor, currency, trackingUrl }, locale, sealed, purpose }, to, ctx.clock.now());
  return [{ ...delivery, _id: fixedId('dlv', `${_id}:${userId ?? 'guest'}`, occurredAt) }];
}
