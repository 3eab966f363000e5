/** Whoever runs a vendor's shop makes its promotions: what was heard of members before the right was there lacks it. */
export const promotionsOfVendors = {
  name: '0008-promotions-of-vendors',
  up: [
    'alter table user_account no force row level security;',
    `update user_account set vendors = (
       select jsonb_agg(case when v -> 'grants' @> '["catalog.manage", "orders.manage", "stock.manage", "prices.manage", "settings.manage"]' and not v -> 'grants' ? 'promotions.manage'
         then jsonb_set(v, '{grants}', (v -> 'grants') || '["promotions.manage"]') else v end order by n) from jsonb_array_elements(vendors) with ordinality as held(v, n))
     where jsonb_array_length(vendors) > 0;`,
    'alter table user_account force row level security;',
  ].join('\n'),
};
