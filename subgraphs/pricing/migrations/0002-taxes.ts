import { tenantTable } from '@haat/kit-postgres/migration';

/** Taxes are data: classes of goods, rates by place, and how a marketplace rounds. The settings are one row, named `settings`. */
export const taxes = {
  name: '0002-taxes',
  up: [
    tenantTable('tax_class', `
      key text not null,
      name text not null check (length(name) between 1 and 120),
      unique (tenant_id, key)`),
    tenantTable('tax_rate', `
      code text not null,
      tax_class text not null,
      country char(2) not null,
      region text,
      postal_prefixes text[] not null,
      buyer_kinds text[] not null,
      starts_at timestamptz,
      ends_at timestamptz,
      jurisdiction text not null,
      name text not null check (length(name) between 1 and 120),
      rate_ppm int not null check (rate_ppm between 0 and 10000000),
      base_ppm int not null check (base_ppm between 0 and 1000000),
      is_compound boolean not null,
      position int not null,
      reason text not null check (reason in ('STANDARD', 'REDUCED', 'EXEMPT', 'ZERO_RATED', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE')),
      check (rate_ppm = 0 or reason in ('STANDARD', 'REDUCED')),
      foreign key (tenant_id, tax_class) references tax_class (tenant_id, key)`),
    'create index tax_rate_by_country on tax_rate (tenant_id, country);',
    tenantTable('tax_settings', `
      home_country char(2) not null,
      home_region text,
      prices_include_tax boolean not null,
      abroad text not null check (abroad in ('KEEP_GROSS', 'KEEP_NET')),
      rounding text not null check (rounding in ('HALF_UP', 'HALF_EVEN')),
      level text not null check (level in ('LINE', 'UNIT', 'RATE_GROUP')),
      shipping_tax_class text,
      search text not null check (search in ('BY_PRIORITY', 'BEST_DEAL')),
      check (id = 'settings')`),
  ].join('\n'),
};
