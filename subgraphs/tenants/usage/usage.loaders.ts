import { listLoader } from '@haat/kit/loader';
import type { TenantsContext } from '../context.js';
import { UsageMeter } from './usage-meter.js';

/** What each tenant uses, in the order of the meters' names. */
export function metersByTenant(ctx: TenantsContext) {
  const fetch = (tenantIds: readonly string[]) => ctx.db.createQueryBuilder(UsageMeter, 'u')
    .where('u.tenantId = any(:tenantIds)', { tenantIds }).orderBy('u.meter').getMany();
  return listLoader(fetch, (meter) => meter.tenantId);
}
