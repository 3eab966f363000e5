import { tenantTable } from '@haat/kit-postgres/migration';

/** Partners' programs, the operations they registered, and what they spent. */
export const partnersTables = {
  name: '0001-partners',
  up: [
    tenantTable('partner_app', `
      name text not null check (length(name) between 1 and 80),
      contact_email text not null check (length(contact_email) <= 254),
      vendor_id text,
      status text not null check (status in ('ACTIVE', 'SUSPENDED', 'REVOKED')),
      reason text,
      points_per_minute int not null check (points_per_minute > 0),
      points_per_day int not null check (points_per_day >= points_per_minute),
      approves_below int not null check (approves_below >= 0),
      unique (tenant_id, name)`),
    tenantTable('registered_operation', `
      partner_app_id text not null,
      operation_id text not null check (operation_id ~ '^[0-9a-f]{64}$'),
      name text not null,
      kind text not null check (kind in ('query', 'mutation', 'subscription')),
      text text not null,
      points int not null check (points > 0),
      points_max int not null check (points_max >= points),
      status text not null check (status in ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
      reason text,
      decided_at timestamptz,
      unique (tenant_id, partner_app_id, operation_id),
      foreign key (tenant_id, partner_app_id) references partner_app (tenant_id, id)`),
    'create index registered_operation_by_app on registered_operation (tenant_id, partner_app_id, id);',
    // One row for each run of a gateway: it counts from nothing, so its numbers only grow, and all runs together are the day.
    tenantTable('usage_count', `
      partner_app_id text not null,
      day date not null,
      source text not null,
      operation_id text not null,
      points bigint not null check (points >= 0),
      requests bigint not null check (requests >= 0),
      refused bigint not null check (refused >= 0),
      unique (tenant_id, partner_app_id, day, source, operation_id),
      foreign key (tenant_id, partner_app_id) references partner_app (tenant_id, id)`, { sweep: { columns: ['day'] } }),
    'create index usage_count_by_day on usage_count (day);',
  ].join('\n'),
};
