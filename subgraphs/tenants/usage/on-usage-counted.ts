import { productUsageCounted } from '@haat/schema/events/catalog';
import { usageCounted } from '@haat/schema/events/identity';
import { warehouseUsageCounted } from '@haat/schema/events/inventory';
import { vendorUsageCounted } from '@haat/schema/events/vendors';
import { defineConsumer } from '@haat/kit/define';
import type { TenantsTx } from '../context.js';
import { meters, type Meter } from '../plan/plans.js';
import { Tenant } from '../tenant/tenant.js';
import { setUsage } from './count-usage.js';

/** Takes over what identity counted of its own rows: operators and API tokens. */
export const onUsageCounted = defineConsumer('on-usage-counted', usageCounted, (tx: TenantsTx, { tenantId, payload }) => takeOver(tx, tenantId, payload));

/** Takes over how many vendors sell. */
export const onVendorUsageCounted = defineConsumer('on-vendor-usage-counted', vendorUsageCounted, (tx: TenantsTx, { tenantId, payload }) => takeOver(tx, tenantId, payload));

/** Takes over how many products there are. */
export const onProductUsageCounted = defineConsumer('on-product-usage-counted', productUsageCounted, (tx: TenantsTx, { tenantId, payload }) => takeOver(tx, tenantId, payload));

/** Takes over how many warehouses are open. */
export const onWarehouseUsageCounted = defineConsumer('on-warehouse-usage-counted', warehouseUsageCounted, (tx: TenantsTx, { tenantId, payload }) => takeOver(tx, tenantId, payload));

/** A meter that no plan knows is nobody's business here. */
async function takeOver(tx: TenantsTx, tenantId: string, { meter, used }: { readonly meter: string; readonly used: number }): Promise<void> {
  const tenant = await tx.db.findOneBy(Tenant, { id: tenantId });
  if (tenant && isMeter(meter)) await setUsage(tx, tenant, meter, used);
}

function isMeter(name: string): name is Meter {
  return (meters as readonly string[]).includes(name);
}
