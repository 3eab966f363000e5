/** The facts that integrations keep of an order. */
export const metadata = {
  name: '0007-metadata',
  up: `alter table placed_order add column stored_metadata jsonb not null default '[]';`,
};
