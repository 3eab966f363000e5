import { newId } from '@haat/kit/id';
import type { Job } from '@haat/kit/define';
import type { OrdersContext, OrdersTx } from '../context.js';
import { narrow, type OrderFilter } from '../order/order-filter.js';
import { OrderRow, VendorOrderRow } from '../order/order.row.js';
import { ExportPieceRow, ExportRow } from './export.row.js';
import { orderLine } from './order-lines.js';

/** Orders that one piece holds, pieces that one turn writes of an export, exports that one run looks at, and how often one is tried. */
const [pieceRows, turnPieces, exportsMax, triesMax] = [500, 20, 20, 5];

/** Orders that one export holds at most: whoever needs more takes them month by month. */
export const exportRowsMax = 100_000;

/** Writes what was asked for, piece by piece: whoever dies goes on behind the last piece. */
export const writeExports: Job = {
  name: 'write-exports', everyMs: 2_000,
  async run(scope) {
    const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from export where due_at <= $1 order by due_at limit ${exportsMax}`, [scope.clock.now()]);
    for (const { tenant_id, id } of due) {
      for (let piece = 0; piece < turnPieces && !scope.signal.aborted; piece += 1) {
        if (!(await scope.inTenant(tenant_id, (ctx) => writePiece(ctx as never, id)))) break;
      }
    }
  },
};

/** Throws away what nobody fetched in time: it holds people's addresses. */
export const forgetExports: Job = {
  name: 'forget-exports', everyMs: 3_600_000,
  async run(scope) {
    const over = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from export where expires_at <= $1 limit 1000`, [scope.clock.now()]);
    for (const { tenant_id, id } of over) {
      await scope.inTenant(tenant_id, (ctx) => (ctx as unknown as OrdersContext).transaction(async (tx) => {
        await tx.db.delete(ExportPieceRow, { tenantId: tenant_id, exportId: id });
        await tx.db.delete(ExportRow, { tenantId: tenant_id, id });
      }));
    }
  },
};

/** Whether there is more to write. */
async function writePiece(ctx: OrdersContext, id: string): Promise<boolean> {
  try {
    return await ctx.transaction((tx) => appendPiece(tx, id));
  } catch (error) {
    ctx.log.warn({ err: error, export: id }, 'A piece of an export could not be written.');
    await ctx.transaction((tx) => later(tx, id));
    return false;
  }
}

async function appendPiece(tx: OrdersTx, id: string): Promise<boolean> {
  const row = await tx.db.findOne(ExportRow, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
  if (!row || row.dueAt === null) return false;
  const orders = await behind(tx, row);
  const last = orders.at(-1);
  if (orders.length > 0) await tx.db.insert(ExportPieceRow, { tenantId: tx.tenant.id, id: newId('exp', tx.clock.now()), version: 1, exportId: id, position: row.rowCount, text: await textOf(tx, orders) });
  const rowCount = row.rowCount + orders.length;
  const isDone = orders.length < pieceRows || rowCount >= exportRowsMax;
  await tx.db.save(Object.assign(row, { rowCount, state: isDone ? 'READY' : 'RUNNING', dueAt: isDone ? null : row.dueAt, afterPlacedAt: last?.placedAt ?? row.afterPlacedAt, afterId: last?.id ?? row.afterId, version: row.version + 1 }));
  return !isDone;
}

/** The next orders, newest first. */
function behind(tx: OrdersTx, { filter, afterPlacedAt, afterId, rowCount }: ExportRow): Promise<OrderRow[]> {
  const qb = narrow(tx.db.createQueryBuilder(OrderRow, 'o').where('true'), momentsOf(filter));
  if (afterId !== null) qb.andWhere('(o.placedAt, o.id) < (:afterPlacedAt, :afterId)', { afterPlacedAt, afterId });
  return qb.orderBy('o.placedAt', 'DESC').addOrderBy('o.id', 'DESC').limit(Math.min(pieceRows, exportRowsMax - rowCount)).getMany();
}

/** A filter as it was kept: its moments are texts. */
function momentsOf(filter: ExportRow['filter']): OrderFilter {
  const moment = (name: string): Date | undefined => (typeof filter[name] === 'string' ? new Date(filter[name]) : undefined);
  return { ...filter, placedFrom: moment('placedFrom'), placedBefore: moment('placedBefore') };
}

async function textOf(tx: OrdersTx, orders: readonly OrderRow[]): Promise<string> {
  const parts = await tx.db.createQueryBuilder(VendorOrderRow, 'v').where('v.orderId = any(:ids)', { ids: orders.map(({ id }) => id) }).orderBy('v.position').getMany();
  const byOrder = Map.groupBy(parts, ({ orderId }) => orderId);
  return orders.map((order) => orderLine(order, byOrder.get(order.id) ?? [])).join('');
}

async function later(tx: OrdersTx, id: string): Promise<void> {
  const row = await tx.db.findOneBy(ExportRow, { tenantId: tx.tenant.id, id });
  if (!row) return;
  const isOver = row.tries + 1 >= triesMax;
  await tx.db.save(Object.assign(row, { tries: row.tries + 1, state: isOver ? 'FAILED' : row.state, dueAt: isOver ? null : new Date(tx.clock.now().getTime() + 10_000 * 2 ** row.tries), version: row.version + 1 }));
}
