/** Whom a person works for: part of their row, since every request asks for both. */
export const vendorsOfPeople = {
  name: '0004-vendors-of-people',
  up: `alter table user_account add column vendors jsonb not null default '[]';`,
};
