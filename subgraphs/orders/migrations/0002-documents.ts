import { tenantTable } from '@haat/kit-postgres/migration';

/** Papers of an order: numbered when they are due, made by a worker afterwards. `facts` is what is on an invoice, frozen when it was issued. */
export const documentsTable = {
  name: '0002-documents',
  up: [
    tenantTable('document', `
      order_id text not null,
      vendor_order_id text not null,
      kind text not null check (kind in ('INVOICE', 'PACKING_SLIP')),
      number text not null,
      issued_at timestamptz not null,
      facts jsonb not null,
      state text not null check (state in ('REQUESTED', 'READY', 'FAILED')),
      tries int not null default 0,
      due_at timestamptz,
      pdf bytea,
      unique (tenant_id, vendor_order_id, kind),
      foreign key (tenant_id, vendor_order_id) references vendor_order (tenant_id, id)`, { sweep: { columns: ['due_at'] } }),
    'create index document_by_order on document (tenant_id, order_id, kind);',
    'create index document_by_due on document (due_at) where due_at is not null;',
  ].join('\n'),
};
