import { tenantTable } from '@haat/kit-postgres/migration';

/** What a marketplace takes of a sale: one row of terms, and the ordered rules. */
export const commissionTables = {
  name: '0002-commission',
  up: [
    // Its id is the tenant's.
    tenantTable('commission_terms', `
      tax_rate_ppm int not null check (tax_rate_ppm between 0 and 1000000),
      shipping_rate_ppm int not null check (shipping_rate_ppm between 0 and 1000000),
      taken_of text not null check (taken_of in ('NET', 'GROSS')),
      check (id = tenant_id)`),
    tenantTable('commission_rule', `
      position int not null,
      name text not null check (length(name) between 1 and 120),
      vendor_ids text[] not null,
      category_ids text[] not null,
      product_ids text[] not null,
      price_from_minor bigint check (price_from_minor >= 0),
      price_to_minor bigint check (price_to_minor > 0),
      rate_ppm int not null check (rate_ppm between 0 and 1000000),
      fixed_minor bigint not null check (fixed_minor >= 0),
      min_minor bigint check (min_minor >= 0),
      max_minor bigint check (max_minor >= 0),
      check (price_to_minor > price_from_minor),
      check (max_minor >= min_minor)`),
    'create unique index commission_rule_by_position on commission_rule (tenant_id, position);',
  ].join('\n'),
};
