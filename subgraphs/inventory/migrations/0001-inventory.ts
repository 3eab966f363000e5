import { tenantTable } from '@haat/kit-postgres/migration';

/** Warehouses, levels, holds and movements. Pieces are whole numbers. */
export const inventoryTables = {
  name: '0001-inventory',
  up: [
    tenantTable('warehouse', `
      vendor_id text,
      name text not null check (length(name) between 1 and 120),
      countries text[] not null,
      priority int not null,
      closed_at timestamptz`),
    'create index warehouse_by_vendor on warehouse (tenant_id, vendor_id);',
    // What others said of offers: whose they are decides who may touch their stock.
    tenantTable('offer_fact', 'vendor_id text not null, is_active boolean not null'),
    tenantTable('stock_level', `
      offer_id text not null,
      warehouse_id text not null,
      vendor_id text not null,
      on_hand int not null default 0,
      allocated int not null default 0 check (allocated >= 0),
      reserved int not null default 0 check (reserved >= 0),
      safety int not null default 0 check (safety >= 0),
      backorder_limit int not null default 0 check (backorder_limit >= 0),
      low_at int not null,
      is_low boolean not null default true,
      available int generated always as (on_hand - allocated - reserved - safety + backorder_limit) stored,
      check (allocated + reserved <= on_hand + backorder_limit),
      unique (tenant_id, offer_id, warehouse_id),
      foreign key (tenant_id, warehouse_id) references warehouse (tenant_id, id)`),
    'create index stock_level_by_vendor on stock_level (tenant_id, vendor_id, id);',
    'create index stock_level_low on stock_level (tenant_id, vendor_id, id) where is_low;',
    // One row for each offer that ever had stock: the version of what shoppers may know of it.
    tenantTable('offer_stock', 'vendor_id text not null, is_out boolean not null default true, restock_at timestamptz'),
    tenantTable('reservation', `
      order_id text not null,
      state text not null check (state in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
      expires_at timestamptz not null,
      due_at timestamptz generated always as (case when state = 'HELD' then expires_at end) stored,
      unique (tenant_id, order_id)`, { sweep: { columns: ['due_at'] } }),
    'create index reservation_by_due on reservation (due_at) where due_at is not null;',
    tenantTable('reservation_line', `
      reservation_id text not null,
      line_id text not null,
      offer_id text not null,
      warehouse_id text not null,
      quantity int not null check (quantity > 0),
      shipped int not null default 0 check (shipped between 0 and quantity),
      given_back int not null default 0 check (given_back >= 0),
      check (shipped + given_back <= quantity),
      foreign key (tenant_id, reservation_id) references reservation (tenant_id, id)`),
    'create index reservation_line_by_reservation on reservation_line (tenant_id, reservation_id);',
    'create index reservation_line_by_offer on reservation_line (tenant_id, offer_id);',
    tenantTable('stock_movement', `
      offer_id text not null,
      warehouse_id text not null,
      kind text not null check (kind in ('RECEIVED', 'RESERVED', 'RELEASED', 'ALLOCATED', 'DEALLOCATED', 'SHIPPED', 'RETURNED', 'DAMAGED', 'ADJUSTED', 'TRANSFER_OUT', 'TRANSFER_IN', 'COUNTED')),
      quantity int not null,
      on_hand_change int not null,
      source text not null,
      reason text,
      actor text not null`),
    'create index stock_movement_by_offer on stock_movement (tenant_id, offer_id, created_at desc, id desc);',
    // What happened stays as it happened, whoever asks.
    `create function stock_movement_stays() returns trigger language plpgsql as $$ begin raise exception 'Stock movements are never changed.'; end $$;`,
    'create trigger stock_movement_stays before update or delete on stock_movement for each row execute function stock_movement_stays();',
  ].join('\n'),
};
