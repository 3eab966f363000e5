import { tenantTable } from '@haat/kit-postgres/migration';

/** Lists that operators take away, written by a worker piece by piece. */
export const exportsTables = {
  name: '0003-exports',
  up: [
    tenantTable('export', `
      requested_by text not null,
      filter jsonb not null,
      state text not null check (state in ('REQUESTED', 'RUNNING', 'READY', 'FAILED', 'EXPIRED')),
      row_count int not null default 0,
      after_placed_at timestamptz,
      after_id text,
      tries int not null default 0,
      due_at timestamptz,
      expires_at timestamptz not null`, { sweep: { columns: ['due_at', 'expires_at'] } }),
    'create index export_by_due on export (due_at) where due_at is not null;',
    tenantTable('export_piece', `
      export_id text not null,
      position int not null,
      text text not null,
      unique (tenant_id, export_id, position),
      foreign key (tenant_id, export_id) references export (tenant_id, id) on delete cascade`),
  ].join('\n'),
};
