import { listLoader } from '@haat/kit/loader';
import type { TenantsContext } from '../context.js';
import { Domain } from './domain.js';

/** The host names each tenant claims, oldest first. */
export function domainsByTenant(ctx: TenantsContext) {
  const fetch = (tenantIds: readonly string[]) => ctx.db.createQueryBuilder(Domain, 'd')
    .where('d.tenantId = any(:tenantIds)', { tenantIds }).orderBy('d.createdAt').addOrderBy('d.id').getMany();
  return listLoader(fetch, (domain) => domain.tenantId);
}
