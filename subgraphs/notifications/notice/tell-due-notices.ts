import type { Job, JobScope } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { NotificationsContext } from '../context.js';
import { noticeBells } from './notice-bell.js';
import { notices } from './notice.row.js';
import { tellNotice, wait } from './tell-notice.js';

/** Notices looked up at once. */
const batchMax = 50;
/** Between two looks where nobody rang, in milliseconds. */
const lookEveryMs = 1_000;

/** Tells news, as long as this process leads: at once when an event brings some here, else at the next look. */
export const tellDueNotices: Job = {
  name: 'tell-due-notices',
  everyMs: lookEveryMs,
  async run(scope) {
    const { bell, stop } = noticeBells.listen();
    try {
      while (!scope.signal.aborted) {
        const found = await tellBatch(scope);
        if (found < batchMax) await bell.heard(lookEveryMs, scope.signal);
      }
    } finally {
      stop();
    }
  },
};

/** Tells a batch, oldest first. Answers how many were due. */
export async function tellBatch(scope: JobScope): Promise<number> {
  invariant(scope.sweepDue, 'Notices are kept on MongoDB.');
  const due = await scope.sweepDue(notices, 'dueAt', scope.clock.now(), batchMax);
  for (const { tenantId, _id } of due) {
    if (!scope.signal.aborted) await scope.inTenant(tenantId, (ctx: NotificationsContext) => tellOne(ctx, _id));
  }
  return due.length;
}

/** News that cannot be told now must not keep the others. */
async function tellOne(ctx: NotificationsContext, id: string): Promise<void> {
  try {
    await tellNotice(ctx, id);
  } catch (error) {
    ctx.log.warn({ err: error, notice: id }, 'News could not be told and are tried again.');
    const notice = await ctx.db.collection(notices).findById(id);
    if (notice) await wait(ctx, notice);
  }
}
