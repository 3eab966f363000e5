import type { Job } from '@haat/kit/define';
import type { OrdersContext } from '../context.js';
import { DocumentRow } from './document.row.js';
import { writePaper } from './write-paper.js';

/** Papers that one run makes, and how often one is tried. */
const [documentsMax, triesMax] = [100, 8];

/** Makes the papers that are due: never in a request, since a long order takes its time. */
export const makeDocuments: Job = {
  name: 'make-documents', everyMs: 2_000,
  async run(scope) {
    const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from document where due_at <= $1 order by due_at limit ${documentsMax}`, [scope.clock.now()]);
    for (const { tenant_id, id } of due) {
      if (scope.signal.aborted) return;
      await scope.inTenant(tenant_id, (ctx) => make(ctx as never, id));
    }
  },
};

async function make(ctx: OrdersContext, id: string): Promise<void> {
  const row = await ctx.db.findOneBy(DocumentRow, { tenantId: ctx.tenant.id, id });
  if (row?.state !== 'REQUESTED') return;
  const pdf = await writePaper(row).catch((error: unknown) => {
    ctx.log.error({ err: error, document: id, tries: row.tries + 1 }, 'A document could not be made.');
    return undefined;
  });
  await ctx.transaction(async (tx) => {
    const changes = pdf ? { state: 'READY' as const, pdf: Buffer.from(pdf), dueAt: null } : failed(row, tx.clock.now());
    await tx.db.update(DocumentRow, { tenantId: tx.tenant.id, id, state: 'REQUESTED' }, { ...changes, version: row.version + 1 });
  });
}

/** Later again, each time twice as late; given up in the end, where it is found by its state. */
function failed({ tries }: DocumentRow, now: Date): Pick<DocumentRow, 'state' | 'tries' | 'dueAt'> {
  const isOver = tries + 1 >= triesMax;
  return { state: isOver ? 'FAILED' : 'REQUESTED', tries: tries + 1, dueAt: isOver ? null : new Date(now.getTime() + 2 ** tries * 5_000) };
}
