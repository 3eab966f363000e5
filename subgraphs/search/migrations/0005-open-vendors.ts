/** Whether a vendor sells now, and is not on holiday. Of those known before nobody said that they were: what they say next tells. */
export const openVendors = {
  name: '0005-open-vendors',
  up: 'alter table vendor_fact add column is_open boolean not null default true;',
};
