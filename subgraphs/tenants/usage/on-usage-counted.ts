import { usageCounted } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { TenantsTx } from '../context.js';
import { meters, type Meter } from '../plan/plans.js';
import { Tenant } from '../tenant/tenant.js';
import { setUsage } from './count-usage.js';

/** Takes over what another subgraph counted of its own rows. A meter that no plan knows is nobody's business here. */
export const onUsageCounted = defineConsumer('on-usage-counted', usageCounted, async (tx: TenantsTx, { tenantId, payload }) => {
  const tenant = await tx.db.findOneBy(Tenant, { id: tenantId });
  if (tenant && isMeter(payload.meter)) await setUsage(tx, tenant, payload.meter, payload.used);
});

function isMeter(name: string): name is Meter {
  return (meters as readonly string[]).includes(name);
}
