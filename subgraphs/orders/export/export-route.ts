import type { Route } from '@haat/kit/routes';
import { idOfToken } from '@haat/kit/signed-token';
import type { OrdersContext } from '../context.js';
import { ExportPieceRow, exportPurpose, ExportRow } from './export.row.js';
import { headLine } from './order-lines.js';

/** `GET /hooks/orders/exports/<signed key>/<tenant slug>`: the file, for whoever has the link. */
export const exportRoute: Route = {
  method: 'GET',
  path: '/exports/:key/:tenant',
  bodyBytesMax: 0,
  caller: 'provider',
  async answer(given, _request, { key = '' }) {
    const ctx = given as unknown as OrdersContext;
    const tenantId = ctx.tenant.id;
    const id = idOfToken(ctx.config.GUEST_KEY_SECRET, key, { purpose: exportPurpose, tenantId, now: ctx.clock.now() });
    const row = id === undefined ? null : await ctx.db.findOneBy(ExportRow, { tenantId, id });
    if (row?.state !== 'READY' || row.expiresAt <= ctx.clock.now()) return { status: 404 };
    const pieces = await ctx.db.find(ExportPieceRow, { where: { tenantId, exportId: row.id }, order: { position: 'ASC' } });
    // A byte order mark, since spreadsheets take a file without one for another encoding than UTF-8.
    const body = `\uFEFF${headLine}${pieces.map(({ text }) => text).join('')}`;
    return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="orders-${row.createdAt.toISOString().slice(0, 10)}.csv"`, 'cache-control': 'private, no-store' }, body };
  },
};
