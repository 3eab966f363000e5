import type { Job, JobScope } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { NotificationsConfig } from '../config.js';
import type { NotificationsContext } from '../context.js';
import { smtpOf, type SendMail } from '../mail/smtp.js';
import { deliveries } from './delivery.row.js';
import { listenForQueued } from './queued-bell.js';
import { sendDelivery } from './send-delivery.js';

/** Mails under way at the same moment. */
const parallelMax = 5;
/** Deliveries looked up at once. */
const batchMax = 50;
/** Between two looks where nobody rang, in milliseconds. */
const lookEveryMs = 1_000;

/**
 * Sends what is due, as long as this process leads: at once when something is queued here, else at the next look. Who
 * lost the lead without noticing does no harm, since each delivery is claimed before it is sent.
 */
export const sendDueDeliveries: Job = {
  name: 'send-due-deliveries',
  everyMs: lookEveryMs,
  async run(scope) {
    // A job does not know whose settings it gets; these are this subgraph's.
    const send = smtpOf((scope.config as NotificationsConfig).SMTP_URL);
    const { bell, stop } = listenForQueued();
    try {
      while (!scope.signal.aborted) {
        const found = await sendBatch(scope, send);
        if (found < batchMax) await bell.heard(lookEveryMs, scope.signal);
      }
    } finally {
      stop();
    }
  },
};

/** Sends a batch, oldest first. Answers how many were due. */
export async function sendBatch(scope: JobScope, send: SendMail): Promise<number> {
  invariant(scope.sweepDue, 'Deliveries are kept on MongoDB.');
  const due = await scope.sweepDue(deliveries, 'dueAt', scope.clock.now(), batchMax);
  const waiting = [...due];
  const sendNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !scope.signal.aborted; next = waiting.shift()) await sendOne(scope, send, next);
  };
  await Promise.all(Array.from({ length: parallelMax }, sendNext));
  return due.length;
}

/** One that cannot be sent must not keep the others; its claim runs out, and then it is tried again. */
async function sendOne(scope: JobScope, send: SendMail, { tenantId, _id }: { readonly tenantId: string; readonly _id: string }): Promise<void> {
  await scope.inTenant(tenantId, (ctx: NotificationsContext) => sendDelivery(ctx, send, _id))
    .catch((error: unknown) => void scope.log.error({ err: error, delivery: _id }, 'A delivery could not be worked on.'));
}
