/** Finds what is kept of a person who was erased, and keeps late news of their orders from telling their e-mail address again. */
export const erasedBuyers = {
  name: '0006-erased-buyers',
  up: `alter table buyer_order add column is_erased boolean not null default false;
       create index redemption_by_subject on redemption using gin (subjects);
       create index use_counter_by_subject on use_counter (tenant_id, subject);`,
};
