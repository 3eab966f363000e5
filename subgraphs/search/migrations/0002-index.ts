import { tenantTable, tenantSetting, walls } from '@haat/kit-postgres/migration';

const tenantColumn = `tenant_id text not null default nullif(current_setting('${tenantSetting}', true), '') check (tenant_id <> '')`;

function walled(name: string, columns: string): string {
  return `create table ${name} (${tenantColumn}, ${columns.trim()});\n${walls(name)}`;
}

/**
 * The index itself, in generations: one is read, another may be in the making. Words are found by rows of `posting`, not by
 * a GIN index over a tsvector: under row-level security Postgres uses an index only for operators that are leakproof, and
 * `@@`, `&&` and `@>` are not, so that each query would read every document of its tenant.
 */
export const indexTables = {
  name: '0002-index',
  up: [
    tenantTable('index_generation', `
      number int not null,
      status text not null check (status in ('BUILDING', 'LIVE', 'RETIRED')),
      documents int not null default 0,
      finished_at timestamptz,
      unique (tenant_id, number)`, { sweep: { columns: ['status', 'finished_at'] } }),
    `create unique index index_generation_status on index_generation (tenant_id, status) where status <> 'RETIRED';`,
    walled('document', `
      generation int not null,
      id text not null,
      default_locale text not null,
      facets text[] not null,
      numbers jsonb not null,
      keeper_id text,
      published_at timestamptz not null,
      selling_facets text[] not null default '{}',
      price_min bigint,
      price_max bigint,
      currency text,
      is_in_stock boolean not null default false,
      is_listed boolean not null default false,
      primary key (tenant_id, generation, id)`),
    'create index document_newest on document (tenant_id, generation, published_at desc, id);',
    walled('document_text', `
      generation int not null,
      id text not null,
      locale text not null,
      slug text not null,
      title text not null,
      title_order text collate "C" not null,
      description text,
      image jsonb,
      primary key (tenant_id, generation, id, locale)`),
    walled('posting', `
      generation int not null,
      term text collate "C" not null,
      id text not null,
      weight real not null,
      primary key (tenant_id, generation, term, id) include (weight)`),
    'create index posting_of on posting (tenant_id, id, generation);',
    // Every word that was ever indexed, and its pieces of three letters: what a mistyped word is compared with.
    walled('known_word', 'locale text not null, word text collate "C" not null, primary key (tenant_id, locale, word)'),
    walled('word_gram', 'locale text not null, gram text collate "C" not null, word text collate "C" not null, primary key (tenant_id, locale, gram, word)'),
    // How facets and their values are called, by language; `*` where in all the same.
    walled('label', 'facet text not null, value text not null, locale text not null, name text not null, primary key (tenant_id, facet, value, locale)'),
  ].join('\n'),
};
