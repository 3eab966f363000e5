import { domainVerified, limitReached, tenantChanged, tenantOpened } from '@haat/schema/events/tenants';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { tenantsConfig } from './config.js';
import { DomainResolver } from './domain/domain.resolver.js';
import { Domain } from './domain/domain.js';
import { proveDomainsAgain } from './domain/prove-domains-again.js';
import { FeatureOverrideRow, FeatureRolloutRow } from './feature/feature-toggle.js';
import { tenantsLoaders } from './loaders.js';
import { tenantsTables } from './migrations/0001-tenants.js';
import { domainsProvedAgain } from './migrations/0002-domains-proved-again.js';
import { seedTenants } from './seed.js';
import { answerResolve } from './tenant/answer-resolve.js';
import { findTenants } from './tenant/find-tenant.js';
import { republishTenants } from './tenant/republish-tenants.js';
import { TenantResolver } from './tenant/tenant.resolver.js';
import { Tenant } from './tenant/tenant.js';
import { onProductUsageCounted, onUsageCounted, onVendorUsageCounted, onWarehouseUsageCounted } from './usage/on-usage-counted.js';
import { UsageMeter } from './usage/usage-meter.js';

/** Marketplaces, their plans, features and host names. */
export const tenants = defineSubgraph({
  name: 'tenants',
  config: tenantsConfig,
  store: postgres({ rows: [Tenant, FeatureOverrideRow, FeatureRolloutRow, Domain, UsageMeter], migrations: [tenantsTables, domainsProvedAgain] }),
  resolvers: [TenantResolver, DomainResolver],
  references: { Tenant: findTenants },
  loaders: tenantsLoaders,
  says: [tenantOpened, tenantChanged, limitReached, domainVerified],
  answers: [answerResolve],
  consumers: [onUsageCounted, onVendorUsageCounted, onProductUsageCounted, onWarehouseUsageCounted],
  jobs: [proveDomainsAgain],
  republish: republishTenants,
  seed: seedTenants,
});
