/** The network addresses that a token may be shown from; from anywhere where there is none. */
export const whereTokensAreShown = {
  name: '0006-where-tokens-are-shown',
  up: `alter table api_token add column allowed_addresses text[] not null default '{}' check (cardinality(allowed_addresses) <= 20);`,
};
