import type { Route } from '@haat/kit/routes';
import { idOfToken } from '@haat/kit/signed-token';
import type { ShippingContext } from '../context.js';
import { labelPurpose } from './label-link.js';
import { LabelRow } from './label.row.js';

/** `GET /hooks/shipping/labels/<signed key>/<tenant slug>`: the PDF, for whoever has the link. */
export const labelRoute: Route = {
  method: 'GET',
  path: '/labels/:key/:tenant',
  bodyBytesMax: 0,
  caller: 'provider',
  async answer(given, _request, { key = '' }) {
    const ctx = given as unknown as ShippingContext;
    const id = idOfToken(ctx.config.GUEST_KEY_SECRET, key, { purpose: labelPurpose, tenantId: ctx.tenant.id, now: ctx.clock.now() });
    const row = id === undefined ? null : await ctx.db.createQueryBuilder(LabelRow, 'l').addSelect('l.pdf').where('l.id = :id', { id }).getOne();
    if (!row?.pdf) return { status: 404 };
    return { status: 200, headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="${row.shipmentId}.pdf"`, 'cache-control': 'private, no-store' }, body: row.pdf };
  },
};
