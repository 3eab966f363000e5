import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { forbidden } from '@haat/kit/refusal';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import type { ObjectLiteral } from 'typeorm';
import type { ShippingContext } from '../context.js';
import { maySet } from '../may.js';
import { MethodRow, ZoneRow } from './zone.row.js';
import { ShippingMethod, ShippingZone } from './zone.type.js';

/** A page of zones. */
export const { Connection: ShippingZoneConnection } = connectionOf(ShippingZone, { name: 'ShippingZone', description: 'Zones that one vendor uses, its own and the marketplace\'s, oldest first.' });
/** A page of ways of delivery. */
export const { Connection: ShippingMethodConnection } = connectionOf(ShippingMethod, { name: 'ShippingMethod', description: 'Ways of delivery that one vendor uses, its own and the marketplace\'s, oldest first.' });

/** The zones of the marketplace, and those of one vendor as well. */
export async function listZones(ctx: ShippingContext, vendorId: string | null, args: ForwardPageArgs): Promise<Page<ShippingZone>> {
  return typed(await listed(ctx, ZoneRow, vendorId, args), ShippingZone.of);
}

/** The ways of delivery of the marketplace, and those of one vendor as well. */
export async function listMethods(ctx: ShippingContext, vendorId: string | null, args: ForwardPageArgs): Promise<Page<ShippingMethod>> {
  return typed(await listed(ctx, MethodRow, vendorId, args), (row) => ShippingMethod.of(row, ctx.tenant.currency));
}

function listed<T extends ObjectLiteral>(ctx: ShippingContext, row: new () => T, vendorId: string | null, args: ForwardPageArgs): Promise<Page<T>> {
  if (!maySet(ctx.viewer, vendorId)) throw forbidden();
  const qb = ctx.db.createQueryBuilder(row, 'r').where('(r.vendorId is null or r.vendorId = :vendorId)', { vendorId });
  return keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 'r.id', direction: 'ASC' }], key: vendorId ?? '' });
}

function typed<R, T>({ edges, pageInfo }: Page<R>, of: (row: R) => T): Page<T> {
  const own = edges.map(({ cursor, node }) => ({ cursor, node: of(node) }));
  return { edges: own, nodes: own.map(({ node }) => node), pageInfo };
}
