import { domainsByTenant } from './domain/domain.loaders.js';
import { featuresByTenant } from './feature/feature.loaders.js';
import { metersByTenant } from './usage/usage.loaders.js';
import type { TenantsContext } from './context.js';

/** The loaders of one request. */
export interface TenantsLoaders {
  readonly domainsByTenant: ReturnType<typeof domainsByTenant>;
  readonly featuresByTenant: ReturnType<typeof featuresByTenant>;
  readonly metersByTenant: ReturnType<typeof metersByTenant>;
}

/** Makes them. */
export function tenantsLoaders(ctx: TenantsContext): TenantsLoaders {
  return { domainsByTenant: domainsByTenant(ctx), featuresByTenant: featuresByTenant(ctx), metersByTenant: metersByTenant(ctx) };
}
