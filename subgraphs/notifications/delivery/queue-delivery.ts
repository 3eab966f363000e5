import { fixedId } from '@haat/kit/id';
import type { EventEnvelope } from '@haat/schema/event';
import { deliveryFailed } from '@haat/schema/events/notifications';
import type { NotificationsTx } from '../context.js';
import { maskAddress } from '../mail/mask-address.js';
import type { TemplateKind } from '../template/template-kind.js';
import { deliveries, type DeliveryRow } from './delivery.row.js';
import { contentOf, isAddress } from './mail-content.js';
import { ringQueued } from './queued-bell.js';
import { failureOf, settled, type Delivery } from './settle-delivery.js';

/** What an event asks to be sent. */
export interface WantedMail {
  readonly kind: TemplateKind;
  readonly userId?: string;
  readonly vendorName?: string;
  readonly locale: string;
  readonly sealed: string;
  /** What the text was sealed for. */
  readonly purpose: string;
  readonly expiresAt?: Date;
}

/** Queues one mail for one event, whatever happens: the delivery's id is the event's. Sending begins when this is committed. */
export async function queueDelivery(tx: NotificationsTx, event: EventEnvelope, wanted: WantedMail): Promise<void> {
  const { kind, userId, vendorName, locale, sealed, purpose, expiresAt } = wanted;
  const { to } = contentOf(kind, await tx.unseal({ tenantId: event.tenantId, purpose }, sealed));
  const now = tx.clock.now();
  const queued = { channel: 'EMAIL', kind, status: 'QUEUED', recipient: isAddress(to) ? maskAddress(to) : '…', userId, vendorName, locale, attempts: 0, sealed: { text: sealed, purpose }, expiresAt, dueAt: now } as const;
  if (!isAddress(to)) return refuse(tx, deliveryId(event), queued);
  await tx.db.collection(deliveries).insert({ ...queued, _id: deliveryId(event) });
  tx.afterCommit(ringQueued);
}

/** Nobody can be written to under this; it is kept as failed, so that operators see why nothing came. */
async function refuse(tx: NotificationsTx, id: string, queued: Delivery): Promise<void> {
  const reason = 'The recipient is not an e-mail address.';
  const failed = settled(queued, { status: 'FAILED', reason }, tx.clock.now());
  const saying = () => tx.emit(deliveryFailed, { aggregate: { id, version: 1 }, payload: failureOf(id, failed, reason) });
  await tx.db.collection(deliveries).insert({ ...failed, _id: id }, { saying });
}

/** The delivery of an event: always the same, so that hearing it again makes no other. */
export function deliveryId(event: Pick<EventEnvelope, 'id' | 'occurredAt'>): DeliveryRow['_id'] {
  return fixedId('dlv', event.id, new Date(event.occurredAt));
}
