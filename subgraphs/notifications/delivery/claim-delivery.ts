import { randomUUID } from 'node:crypto';
import type { NotificationsContext } from '../context.js';
import { sendMs } from '../mail/smtp.js';
import { deliveries, type DeliveryRow } from './delivery.row.js';

/** How long a claim lasts: longer than a mail may take, so that it ends only when its holder died. */
export const claimMs = sendMs + 20_000;

/** A delivery that is this caller's alone to send. */
export type ClaimedDelivery = DeliveryRow & { readonly claim: string };

/** Takes a delivery that is due. Undefined when it is not, or when somebody else was faster: the document's version decides. */
export async function claimDelivery(ctx: NotificationsContext, id: string): Promise<ClaimedDelivery | undefined> {
  const claim = randomUUID();
  const now = ctx.clock.now();
  const written = await ctx.transaction((tx) => tx.db.collection(deliveries).change(id, (delivery) => {
    const isDue = delivery.status === 'QUEUED' && delivery.dueAt !== undefined && delivery.dueAt <= now;
    return isDue ? { ...delivery, attempts: delivery.attempts + 1, dueAt: new Date(now.getTime() + claimMs), claim } : undefined;
  }));
  return 'document' in written && written.document.claim === claim ? { ...written.document, claim } : undefined;
}
