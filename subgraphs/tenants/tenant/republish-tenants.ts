import { tenantChanged } from '@haat/schema/events/tenants';
import type { TenantsTx } from '../context.js';
import { stateOf } from './tenant-state.js';
import { Tenant } from './tenant.js';

/** Says the tenant's present state again, for read models to be rebuilt. */
export async function republishTenants(tx: TenantsTx): Promise<void> {
  const tenant = await tx.db.findOneBy(Tenant, { id: tx.tenant.id });
  if (!tenant) return;
  await tx.emit(tenantChanged, { aggregate: { id: tenant.id, version: tenant.version }, payload: await stateOf(tx, tenant), republished: true });
}
