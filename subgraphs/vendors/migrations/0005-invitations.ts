/** Who invited somebody, and when an invitation that nobody took lapsed: the sweep sees that one did, never whose it was. */
export const invitations = {
  name: '0005-invitations',
  up: `
    alter table vendor_member add column invited_by text;
    create index vendor_member_by_lapse on vendor_member (expires_at) where expires_at is not null;
    create policy sweep on vendor_member for select to "$sweep" using (true);
    grant select (tenant_id, id, expires_at) on vendor_member to "$sweep";`,
};
