/** When a host name that serves is proved again, and since when its record is gone. The sweep sees when one is due, never which it is. */
export const domainsProvedAgain = {
  name: '0002-domains-proved-again',
  up: `
    alter table domain add column checks_at timestamptz, add column missing_since timestamptz;
    alter table domain no force row level security;
    update domain set checks_at = now() + interval '1 day' where status = 'ACTIVE';
    alter table domain force row level security;
    alter table domain add check ((status = 'ACTIVE') = (checks_at is not null));
    create index domain_by_check on domain (checks_at) where checks_at is not null;
    create policy sweep on domain for select to "$sweep" using (true);
    grant select (tenant_id, id, checks_at) on domain to "$sweep";`,
};
