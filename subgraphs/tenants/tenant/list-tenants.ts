import { parsed } from '@haat/kit/input';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { connectionOf, type Page, type PageArgs } from '@haat/kit/page';
import { z } from 'zod';
import type { TenantsContext } from '../context.js';
import { Tenant } from './tenant.js';

/** A page of marketplaces. */
export const { Connection: TenantConnection } = connectionOf(Tenant, { name: 'Tenant', description: 'Marketplaces, the one opened first in front.', totalCount: true });

const searchText = z.string().trim().max(100);

/** All tenants, oldest first. Only in the platform's own tenant does the database show more than one. */
export function listTenants(ctx: TenantsContext, args: PageArgs, search?: string | null): Promise<Page<Tenant>> {
  const qb = ctx.db.createQueryBuilder(Tenant, 't');
  const text = search ? parsed(searchText, search, ['search']) : '';
  if (text) qb.where('position(lower(:text) in lower(t.name || \' \' || t.slug)) > 0', { text });
  return keysetPage({ qb, order: [{ column: 't.createdAt', direction: 'ASC' }, { column: 't.id', direction: 'ASC' }], args, tenantId: ctx.tenant.id });
}
