import { loader } from '@haat/kit/loader';
import type { TenantsContext } from '../context.js';
import { planTerms } from '../plan/plans.js';
import { Tenant } from '../tenant/tenant.js';
import { effectiveFeatures, type EffectiveFeature } from './effective-features.js';
import { FeatureOverrideRow, FeatureRolloutRow } from './feature-toggle.js';

/** Each tenant's features as all rules together make them. Two statements, however many tenants. */
export function featuresByTenant(ctx: TenantsContext) {
  return loader(async (tenants: readonly Tenant[]): Promise<EffectiveFeature[][]> => {
    const tenantIds = tenants.map((t) => t.id);
    const overrides = await ctx.db.createQueryBuilder(FeatureOverrideRow, 'o').where('o.tenantId = any(:tenantIds)', { tenantIds }).getMany();
    const rollouts = await ctx.db.find(FeatureRolloutRow);
    return tenants.map((t) => effectiveFeatures(t.id, planTerms(t.planKey)?.features ?? [], overrides.filter((o) => o.tenantId === t.id), rollouts));
  }, { key: (t: Tenant) => t.id });
}
