import { tenantTable } from '@haat/kit-postgres/migration';

/** What staff says of how things are found. */
export const ruleTables = {
  name: '0003-rules',
  up: [
    tenantTable('boost', `
      query text,
      category_id text,
      action text not null check (action in ('BOOST', 'PIN', 'HIDE')),
      target text not null,
      factor double precision not null default 1 check (factor > 0),
      position int check (position > 0)`),
    tenantTable('synonym_group', `
      locale text not null,
      words text[] not null check (cardinality(words) > 1)`),
  ].join('\n'),
};
