import { tenantTable } from '@haat/kit-postgres/migration';

/** What a marketplace asks of vendors before they sell, what each handed in, and the checks a provider makes. */
export const requirementTables = {
  name: '0003-requirements',
  up: [
    tenantTable('requirement_rule', `
      key text not null check (key ~ '^[a-z][a-z0-9-]{0,59}$'),
      position int not null,
      kind text not null,
      title text not null check (length(title) between 1 and 120),
      text text check (length(text) <= 4000),
      is_required boolean not null,
      is_retired boolean not null,
      minimum int check (minimum between 1 and 10000),
      terms_url text,
      fields jsonb not null,
      unique (tenant_id, key)`),
    tenantTable('requirement_submission', `
      vendor_id text not null,
      rule_id text not null,
      status text not null check (status in ('PENDING', 'ACCEPTED', 'REJECTED', 'WAIVED')),
      document_url text,
      answers jsonb not null,
      note text check (length(note) <= 500),
      submitted_at timestamptz,
      decided_by text,
      decided_at timestamptz,
      unique (tenant_id, vendor_id, rule_id),
      foreign key (tenant_id, vendor_id) references vendor (tenant_id, id),
      foreign key (tenant_id, rule_id) references requirement_rule (tenant_id, id)`),
    // What the provider is told of a person or company is dropped when the check ends.
    tenantTable('identity_check', `
      vendor_id text not null,
      submission_id text not null,
      subject_kind text not null check (subject_kind in ('PERSON', 'BUSINESS')),
      status text not null check (status in ('QUEUED', 'STARTED', 'PASSED', 'FAILED', 'HANDED_OVER')),
      subject jsonb,
      tenant_slug text not null,
      reference text,
      page_url text,
      tries int not null,
      due_at timestamptz,
      reason text,
      foreign key (tenant_id, vendor_id) references vendor (tenant_id, id),
      foreign key (tenant_id, submission_id) references requirement_submission (tenant_id, id)`, { sweep: { columns: ['due_at'] } }),
    'create index identity_check_by_due on identity_check (due_at) where due_at is not null;',
    'create index identity_check_by_submission on identity_check (tenant_id, submission_id, created_at);',
    // Offers that are not archived, to count products by: as catalog says them.
    tenantTable('vendor_offer', `
      vendor_id text not null,
      product_id text not null`),
    'create index vendor_offer_by_vendor on vendor_offer (tenant_id, vendor_id, product_id);',
  ].join('\n'),
};
