import { tenantTable } from '@haat/kit-postgres/migration';

/** How many warehouses a marketplace has: what its plan counts is said with a version of its own. */
export const warehouseUsage = {
  name: '0005-warehouse-usage',
  up: tenantTable('usage_count', 'used int not null'),
};
