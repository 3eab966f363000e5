import type { Job } from '@haat/kit/define';
import type { OrdersContext, OrdersTx } from '../context.js';
import { lockedPart } from './locked-order.js';
import type { MoveName } from './vendor-order-state.js';
import { changeOrder } from './write-change.js';

/** Parts that one run looks at. */
const partsMax = 200;

/** Accepts what no merchant looked at in time, as the vendor's settings say. */
export const acceptDueParts: Job = moving('accept-due-parts', { column: 'accepts_at', move: 'accept', everyMs: 30_000 });

/** Completes what was delivered, once the time to return it is over. */
export const completeDueParts: Job = moving('complete-due-parts', { column: 'completes_at', move: 'complete', everyMs: 60_000 });

function moving(name: string, { column, move, everyMs }: { column: 'accepts_at' | 'completes_at'; move: MoveName; everyMs: number }): Job {
  return {
    name, everyMs,
    async run(scope) {
      const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from vendor_order where ${column} <= $1 order by ${column} limit ${partsMax}`, [scope.clock.now()]);
      for (const { tenant_id, id } of due) {
        if (scope.signal.aborted) return;
        // One that cannot be moved must not keep all that are due after it.
        await scope.inTenant(tenant_id, (ctx) => (ctx as unknown as OrdersContext).transaction((tx) => moveDue(tx, id, move)))
          .catch((error: unknown) => scope.log.error({ err: error, part: id }, `A part that was due could not be moved by ${move}.`));
      }
    },
  };
}

async function moveDue(tx: OrdersTx, id: string, move: MoveName): Promise<void> {
  const found = await lockedPart(tx, id);
  if (!found) return;
  const { whole, part } = found;
  const isDue = (at: Date | null): boolean => at !== null && at <= tx.clock.now();
  if (!isDue(move === 'accept' ? part.acceptsAt : part.completesAt)) return;
  await changeOrder(tx, whole, (change) => {
    change.move(part, move, { by: 'SYSTEM' });
    Object.assign(part, move === 'accept' ? { acceptsAt: null } : { completesAt: null });
    change.touched.add(part);
  });
}
