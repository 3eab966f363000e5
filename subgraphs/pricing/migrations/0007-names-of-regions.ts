/** An address may spell out what a rate names by its code. */
export const namesOfRegions = {
  name: '0007-names-of-regions',
  up: `alter table tax_rate add column region_names text[] not null default '{}';
       comment on column tax_rate.region_names is 'Other names that addresses have for the region, beside the one in region.';`,
};
