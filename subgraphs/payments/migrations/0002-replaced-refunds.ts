/** A refund that failed names the one that somebody wanted in its place. */
export const replacedRefunds = { name: '0002-replaced-refunds', up: 'alter table refund add column replaced_by_id text;' };
