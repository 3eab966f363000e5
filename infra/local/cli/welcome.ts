/** What a person can open. */
export interface Page {
  readonly name: string;
  readonly url: string;
}

/** A demo account. */
export interface Login {
  readonly role: string;
  readonly tenant: string;
  readonly email: string;
  readonly password: string;
}

/** What `npm start` says when everything runs: where to look, and as whom. */
export function welcome({ pages, logins, dataDir }: { pages: readonly Page[]; logins: readonly Login[]; dataDir: string }): string {
  const rows = logins.map(({ role, tenant, email, password }) => [role, tenant, email, password]);
  return [
    '',
    ...aligned(pages.map(({ name, url }) => [name, url])),
    ...(rows.length > 0 ? ['', ...aligned([['Role', 'Tenant', 'E-mail', 'Password'], ...rows])] : []),
    '',
    `Ctrl-C stops everything. The data stays in ${dataDir}; \`npm start -- --fresh\` drops it.`,
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}`);
}
