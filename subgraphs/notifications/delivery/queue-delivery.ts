import { fixedId } from '@haat/kit/id';
import type { EventEnvelope } from '@haat/schema/event';
import { deliveryFailed } from '@haat/schema/events/notifications';
import type { NotificationsTx } from '../context.js';
import { maskAddress } from '../mail/mask-address.js';
import type { TemplateKind } from '../template/template-kind.js';
import { deliveries, type DeliveryRow, type NewsFacts } from './delivery.row.js';
import { contentOf, isAddress } from './mail-content.js';
import { ringQueued } from './queued-bell.js';
import { failureOf, settled, type Delivery } from './settle-delivery.js';

/** What is to be sent. */
export interface WantedMail {
  readonly kind: TemplateKind;
  readonly userId?: string;
  readonly vendorName?: string;
  readonly news?: NewsFacts;
  readonly locale: string;
  readonly sealed: string;
  /** What the text was sealed for. */
  readonly purpose: string;
  readonly expiresAt?: Date;
}

/** Queues one mail for one event, whatever happens: the delivery's id is the event's. Sending begins when this is committed. */
export async function queueDelivery(tx: NotificationsTx, event: EventEnvelope, wanted: WantedMail): Promise<void> {
  const { to } = contentOf(wanted.kind, await tx.unseal({ tenantId: event.tenantId, purpose: wanted.purpose }, wanted.sealed));
  const delivery = { ...newDelivery(wanted, to, tx.clock.now()), _id: deliveryId(event) };
  await tx.db.collection(deliveries).insert(delivery, { saying: () => sayFailed(tx, delivery) });
  tx.afterCommit(ringQueued);
}

/** A delivery to be sent at once. Where nobody can be written to it is kept as failed, so that operators see why nothing came. */
export function newDelivery(wanted: WantedMail, to: string, now: Date): Delivery {
  const { kind, userId, vendorName, news, locale, sealed, purpose, expiresAt } = wanted;
  const queued = { channel: 'EMAIL', kind, status: 'QUEUED', recipient: isAddress(to) ? maskAddress(to) : '…', userId, vendorName, news, locale, attempts: 0, sealed: { text: sealed, purpose }, expiresAt, dueAt: now } as const;
  return isAddress(to) ? queued : settled(queued, { status: 'FAILED', reason: 'The recipient is not an e-mail address.' }, now);
}

/** Says of a new delivery that it failed, if it did. */
export async function sayFailed(tx: NotificationsTx, delivery: Delivery & { readonly _id: string }): Promise<void> {
  const { _id: id, status, reason } = delivery;
  if (status === 'FAILED') await tx.emit(deliveryFailed, { aggregate: { id, version: 1 }, payload: failureOf(id, delivery, reason ?? '') });
}

/** The delivery of an event: always the same, so that hearing it again makes no other. */
export function deliveryId(event: Pick<EventEnvelope, 'id' | 'occurredAt'>): DeliveryRow['_id'] {
  return fixedId('dlv', event.id, new Date(event.occurredAt));
}
