import { sharedTable, tenantTable } from '@haat/kit-postgres/migration';

/** Tenants and what hangs on them. The platform's own tenant reads all of it: it opens, suspends and lists marketplaces. */
export const tenantsTables = {
  name: '0001-tenants',
  up: [
    tenantTable('tenant', `
      slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
      name text not null check (length(name) between 1 and 120),
      status text not null check (status in ('OPEN', 'SUSPENDED', 'CLOSED')),
      currency text not null check (length(currency) = 3),
      locales text[] not null check (cardinality(locales) > 0),
      time_zone text not null,
      plan_key text not null,
      check (id = tenant_id)`, { platformToo: true }),
    tenantTable('feature_override', `
      key text not null,
      is_enabled boolean not null,
      unique (tenant_id, key)`, { platformToo: true }),
    sharedTable('feature_rollout', `
      key text primary key,
      percent int not null check (percent between 0 and 100)`),
    tenantTable('domain', `
      host text not null,
      status text not null check (status in ('PENDING_DNS', 'ACTIVE')),
      token text not null,
      verified_at timestamptz,
      unique (tenant_id, host)`, { platformToo: true }),
    // One row per host that serves, whoever claims it: the first to prove it has it.
    tenantTable('active_host', `
      host text not null unique,
      foreign key (tenant_id, id) references domain (tenant_id, id)`, { platformToo: true }),
    tenantTable('usage_meter', `
      meter text not null,
      used int not null check (used >= 0),
      unique (tenant_id, meter)`, { platformToo: true }),
  ].join('\n'),
};
