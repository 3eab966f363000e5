/** Whoever runs a shop from day to day makes its promotions: members from before had no way to be given the right. */
export const promotionsOfVendors = {
  name: '0004-promotions-of-vendors',
  up: [
    'alter table vendor_member no force row level security;',
    `update vendor_member set grants = array_append(grants, 'promotions.manage'), version = version + 1, updated_at = now()
     where status <> 'REMOVED' and not 'promotions.manage' = any(grants) and grants @> '{catalog.manage,orders.manage,stock.manage,prices.manage,settings.manage}';`,
    'alter table vendor_member force row level security;',
  ].join('\n'),
};
