/** Whose a flash sale is, so that those of one vendor are limited by themselves. Sales from before count as the marketplace's until they end. */
export const vendorsFlashSales = {
  name: '0005-vendors-flash-sales',
  up: `alter table flash_sale add column vendor_ids text[] not null default '{}';
       comment on column flash_sale.vendor_ids is 'The vendors whose merchant scheduled it; empty where the marketplace did.';`,
};
