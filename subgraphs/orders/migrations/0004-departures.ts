import { tenantTable } from '@haat/kit-postgres/migration';

/** Parcels that were let go, by their own ids: each is counted once. */
export const departuresTable = {
  name: '0004-departures',
  up: [
    tenantTable('departure', `
      vendor_order_id text not null,
      departed_at timestamptz not null,
      foreign key (tenant_id, vendor_order_id) references vendor_order (tenant_id, id)`),
    'create index departure_by_vendor_order on departure (tenant_id, vendor_order_id);',
  ].join('\n'),
};
