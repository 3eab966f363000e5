import { tenantTable } from '@haat/kit-postgres/migration';

/**
 * What catalog said of goods, prices as they were set, and what everybody pays. An offer's row in `offer_price` is locked
 * before it is computed, so that two who set prices of one offer never overlook each other.
 */
export const factsAndPrices = {
  name: '0001-facts-and-prices',
  up: [
    tenantTable('offer_fact', `
      vendor_id text not null,
      product_id text not null,
      variant_id text not null,
      status text not null,
      weight_grams int`),
    tenantTable('product_fact', `
      type_key text not null,
      tax_class text not null,
      category_ids text[] not null,
      attributes jsonb not null`),
    tenantTable('category_fact', 'ancestor_ids text[] not null'),
    tenantTable('price_list', `
      name text not null check (length(name) between 1 and 120),
      priority int not null,
      channels text[] not null,
      groups text[] not null,
      company_ids text[] not null,
      buyer_kinds text[] not null,
      countries text[] not null,
      vendor_ids text[] not null,
      starts_at timestamptz,
      ends_at timestamptz,
      is_ended boolean not null default false,
      unique (tenant_id, name)`),
    tenantTable('price', `
      offer_id text not null,
      price_list_id text,
      currency char(3) not null,
      amount_minor bigint not null check (amount_minor >= 0),
      compare_at_minor bigint check (compare_at_minor >= 0),
      min_quantity int not null check (min_quantity >= 1),
      starts_at timestamptz,
      ends_at timestamptz,
      foreign key (tenant_id, price_list_id) references price_list (tenant_id, id),
      unique nulls not distinct (tenant_id, offer_id, price_list_id, currency, min_quantity, starts_at, ends_at)`),
    'create index price_by_list on price (tenant_id, price_list_id);',
    tenantTable('offer_price', `
      vendor_id text not null,
      product_id text not null,
      variant_id text not null,
      currency char(3) not null,
      current_minor bigint,
      compare_at_minor bigint,
      lowest_minor bigint,
      tax_included boolean not null,
      ends_at timestamptz,
      due_at timestamptz`, { sweep: { columns: ['due_at'] } }),
    `comment on column offer_price.due_at is 'When it may change by itself, or has to be computed anew.';`,
    'create index offer_price_by_due on offer_price (due_at) where due_at is not null;',
    'create index offer_price_by_variant on offer_price (tenant_id, variant_id);',
    'create index offer_price_by_product on offer_price (tenant_id, product_id);',
    tenantTable('price_history', `
      offer_id text not null,
      currency char(3) not null,
      price_minor bigint not null,
      starts_at timestamptz not null,
      ends_at timestamptz`),
    'create unique index price_history_open on price_history (tenant_id, offer_id) where ends_at is null;',
    'create index price_history_by_offer on price_history (tenant_id, offer_id, starts_at);',
  ].join('\n'),
};
