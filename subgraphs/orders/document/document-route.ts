import type { Route } from '@haat/kit/routes';
import { idOfToken } from '@haat/kit/signed-token';
import type { OrdersContext } from '../context.js';
import { documentPurpose } from './document-link.js';
import { DocumentRow } from './document.row.js';

/** `GET /hooks/orders/documents/<signed key>/<tenant slug>`: the PDF, for whoever has the link. */
export const documentRoute: Route = {
  method: 'GET',
  path: '/documents/:key/:tenant',
  bodyBytesMax: 0,
  caller: 'provider',
  async answer(given, _request, { key = '' }) {
    const ctx = given as unknown as OrdersContext;
    const id = idOfToken(ctx.config.GUEST_KEY_SECRET, key, { purpose: documentPurpose, tenantId: ctx.tenant.id, now: ctx.clock.now() });
    const row = id === undefined ? null : await ctx.db.createQueryBuilder(DocumentRow, 'd').addSelect('d.pdf').where('d.id = :id', { id }).getOne();
    if (!row?.pdf) return { status: 404 };
    const name = `${row.number.replace(/[^A-Za-z0-9-]/g, '_')}.pdf`;
    return { status: 200, headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="${name}"`, 'cache-control': 'private, max-age=900' }, body: row.pdf };
  },
};
