import { tenantOpened } from '@haat/schema/events/tenants';
import { platformTenantId } from '@haat/schema/ids';
import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import type { TenantsTx } from './context.js';
import { stateOf } from './tenant/tenant-state.js';
import { Tenant, TenantStatus } from './tenant/tenant.js';

/** The marketplaces of the demonstration, and the platform's own. The same ids every time. */
const marketplaces = [
  { id: platformTenantId, slug: 'haat', name: 'Haat', currency: 'EUR', locales: ['en'], timeZone: 'UTC', planKey: 'SCALE' },
  { id: fixedId('ten', 'acme'), slug: 'acme', name: 'Acme Bazaar', currency: 'BDT', locales: ['en', 'bn'], timeZone: 'Asia/Dhaka', planKey: 'GROWTH' },
  { id: fixedId('ten', 'nordic'), slug: 'nordic', name: 'Nordic Market', currency: 'EUR', locales: ['en', 'sv'], timeZone: 'Europe/Stockholm', planKey: 'GROWTH' },
] as const;

/** Opens each marketplace that is not there yet. */
export async function seedTenants(seeding: Seeding): Promise<void> {
  for (const marketplace of marketplaces) {
    await seeding.inTenant(marketplace.id, (tx: TenantsTx) => open(tx, marketplace));
  }
}

async function open(tx: TenantsTx, marketplace: (typeof marketplaces)[number]): Promise<void> {
  if (await tx.db.existsBy(Tenant, { id: marketplace.id })) return;
  const row = tx.db.create(Tenant, { ...marketplace, tenantId: marketplace.id, version: 1, locales: [...marketplace.locales], status: TenantStatus.OPEN });
  const tenant = await tx.db.save(row);
  await tx.emit(tenantOpened, { aggregate: { id: tenant.id, version: tenant.version }, payload: await stateOf(tx, tenant) });
}
