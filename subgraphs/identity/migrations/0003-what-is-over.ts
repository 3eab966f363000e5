/** What the sweep sees of rows that time makes useless: whose they are and since when, never what they are. */
export const whatIsOver = {
  name: '0003-what-is-over',
  up: ([['attempt', 'began_at'], ['secret_code', 'expires_at'], ['session', 'expires_at'], ['refresh_token', 'used_at']] as const).map(([table, due]) => `
    create index ${table}_by_age on ${table} (${due});
    create policy sweep on ${table} for select to "$sweep" using (true);
    grant select (tenant_id, id, ${due}) on ${table} to "$sweep";`).join('\n'),
};
