import type { Job, JobScope } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { CollectionDefinition } from '@haat/kit-mongo/define-collection';
import type { NotificationsContext } from './context.js';

const batchMax = 1_000;

/** A job that removes the documents of a collection whose `forgetAt` has come. */
export function forgetting<T extends object>(name: string, collection: CollectionDefinition<T>): Job {
  return {
    name,
    everyMs: 3_600_000,
    async run(scope) {
      while (!scope.signal.aborted && (await forgetBatch(scope, collection)) === batchMax);
    },
  };
}

/** Answers how many it found. */
async function forgetBatch<T extends object>(scope: JobScope, collection: CollectionDefinition<T>): Promise<number> {
  invariant(scope.sweepDue, 'What notifications keeps is on MongoDB.');
  const found = await scope.sweepDue(collection, 'forgetAt', scope.clock.now(), batchMax);
  for (const { tenantId, _id } of found) {
    if (scope.signal.aborted) break;
    await scope.inTenant(tenantId, (ctx: NotificationsContext) => ctx.transaction((tx) => tx.db.collection(collection).remove(_id)));
  }
  return found.length;
}
