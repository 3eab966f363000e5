import { tenantChanged } from '@haat/schema/events/tenants';
import type { TenantFacts } from '@haat/kit/identity';
import type { TenantsContext, TenantsTx } from '../context.js';
import { DomainStatus } from '../domain/domain.js';
import { planTerms } from '../plan/plans.js';
import type { Tenant } from './tenant.js';

/** What may be known of a tenant everywhere: its signed facts, and what its events say. */
export async function factsOf(ctx: TenantsContext | TenantsTx, tenant: Tenant): Promise<TenantFacts> {
  const features = (await ctx.loaders.featuresByTenant.load(tenant)) ?? [];
  const limits = Object.entries(planTerms(tenant.planKey)?.limits ?? {});
  return {
    id: tenant.id,
    slug: tenant.slug,
    currency: tenant.currency,
    locales: tenant.locales,
    timeZone: tenant.timeZone,
    features: features.filter((f) => f.isEnabled).map((f) => f.key),
    limits: Object.fromEntries(limits),
  };
}

/** The tenant's public state, for its events. */
export async function stateOf(tx: TenantsTx, tenant: Tenant) {
  const { id: _, ...facts } = await factsOf(tx, tenant);
  const domains = await tx.loaders.domainsByTenant.load(tenant.id);
  const hosts = domains.filter((d) => d.status === DomainStatus.ACTIVE).map((d) => d.host);
  return { ...facts, tenantId: tenant.id, name: tenant.name, status: tenant.status, plan: tenant.planKey, hosts };
}

/** Says that something public of the tenant changed. Bumps its version first, so that the event has one of its own. */
export async function sayChanged(tx: TenantsTx, tenant: Tenant): Promise<Tenant> {
  tenant.version += 1;
  const saved = await tx.db.save(tenant);
  tx.loaders.featuresByTenant.clearAll();
  tx.loaders.domainsByTenant.clearAll();
  await tx.emit(tenantChanged, { aggregate: { id: saved.id, version: saved.version }, payload: await stateOf(tx, saved) });
  return saved;
}
