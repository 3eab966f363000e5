import { tenantTable } from '@haat/kit-postgres/migration';

/**
 * What others said, each noun by its own id with the version it was said at: an index can be built anew from these alone.
 * A row may be there before its own event, as a place to lock or for what came first: its version is −1 then.
 */
export const factTables = {
  name: '0001-facts',
  up: [
    tenantTable('product_fact', 'state jsonb'),
    tenantTable('offer_fact', `
      product_id text,
      vendor_id text,
      status text,
      price_version int not null default -1,
      price_minor bigint,
      compare_at_minor bigint,
      currency text,
      stock_version int not null default -1,
      is_in_stock boolean not null default false`),
    'create index offer_fact_product on offer_fact (tenant_id, product_id);',
    'create index offer_fact_vendor on offer_fact (tenant_id, vendor_id);',
    tenantTable('vendor_fact', 'status text, name text, slug text'),
    tenantTable('category_fact', `
      default_locale text not null,
      names jsonb not null,
      ancestor_ids text[] not null`),
    tenantTable('collection_fact', `
      product_ids text[] not null,
      rule jsonb`),
    tenantTable('promotion_fact', `
      is_running boolean not null,
      vendor_ids text[] not null,
      product_ids text[] not null,
      category_ids text[] not null`),
    // Products whose document has to be written again, since something they lie in changed.
    tenantTable('dirty_product', 'since timestamptz not null default now()', { sweep: { columns: ['since'] } }),
  ].join('\n'),
};
