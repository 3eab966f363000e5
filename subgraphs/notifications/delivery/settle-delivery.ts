import { deliveryFailed } from '@haat/schema/events/notifications';
import type { NotificationsContext } from '../context.js';
import type { ClaimedDelivery } from './claim-delivery.js';
import { deliveries, type DeliveryRow } from './delivery.row.js';

/** How long a settled delivery is kept, in milliseconds: 90 days. */
const keptMs = 90 * 86_400_000;

/** What is of a delivery's own, without what the kit keeps beside it. */
export type Delivery = Omit<DeliveryRow, '_id' | 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>;

/** What became of an attempt. */
export type Outcome =
  | { readonly status: 'SENT'; readonly providerId: string; readonly locale: string; readonly templateVersion: number }
  | { readonly status: 'FAILED' | 'SUPPRESSED'; readonly reason: string }
  | { readonly status: 'QUEUED'; readonly reason: string; readonly dueAt: Date };

/** The delivery as it is for good: nothing in it can be used any more. */
export function settled<D extends Delivery>(delivery: D, outcome: Exclude<Outcome, { status: 'QUEUED' }>, now: Date): D {
  return { ...delivery, reason: undefined, ...outcome, sealed: undefined, dueAt: undefined, claim: undefined, settledAt: now, forgetAt: new Date(now.getTime() + keptMs) };
}

/** Writes down what became of a delivery. Somebody who claimed it after us knows better: then it is left as it is. */
export async function settleDelivery(ctx: NotificationsContext, { _id, claim }: ClaimedDelivery, outcome: Outcome): Promise<void> {
  await ctx.transaction((tx) => tx.db.collection(deliveries).change(_id, async (delivery) => {
    if (delivery.claim !== claim) return void ctx.log.warn({ delivery: _id, outcome: outcome.status }, 'A delivery was claimed by somebody else meanwhile.');
    if (outcome.status === 'QUEUED') return { ...delivery, ...outcome, claim: undefined };
    if (outcome.status === 'FAILED') await tx.emit(deliveryFailed, { aggregate: { id: _id, version: delivery.version + 1 }, payload: failureOf(_id, delivery, outcome.reason) });
    return settled(delivery, outcome, ctx.clock.now());
  }));
}

/** What is said of a delivery that failed. */
export function failureOf(deliveryId: string, { channel, kind, userId, attempts }: Delivery, reason: string) {
  return { deliveryId, channel, kind, userId, attempts, reason };
}
