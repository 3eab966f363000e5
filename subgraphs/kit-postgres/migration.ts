import { platformTenantId } from '@haat/schema/ids';
import { invariant } from '@haat/kit/invariant';

/** The setting that row-level security compares with; empty where nobody said in which tenant they are. */
export const tenantSetting = 'app.tenant_id';

/**
 * One step of a schema, forward only, in a transaction of its own. In its SQL `"$application"` and `"$sweep"` stand for
 * the subgraph's two other roles. The owner is bound by row-level security as everybody is: a step that rewrites rows of
 * all tenants says `alter table … no force row level security`, and forces it again before it ends.
 */
export interface Migration {
  /** `0001-what-it-does`, unique within the subgraph: steps run in the order of their list. */
  readonly name: string;
  /** SQL, or what runs it. SQL once applied may not change; of a function nobody can tell. */
  readonly up: string | ((run: RunSql) => Promise<void>);
}

/** Runs a statement of a migration. */
export type RunSql = <R>(sql: string, parameters?: readonly unknown[]) => Promise<R[]>;

/** Who else than its tenant sees a table. */
export interface TenantTableOptions {
  /** Columns that the sweep role may read across tenants, beside tenant_id and id: when something is due, never what it is. */
  readonly sweep?: { readonly columns: readonly string[] };
  /** The platform's own tenant sees and writes the rows of every tenant. */
  readonly platformToo?: boolean;
}

/**
 * SQL of a table of tenants' rows: keyed by (tenant_id, id), walled by forced row-level security. `columns` are its own
 * columns and constraints, as in `create table`; a foreign key to another such table names tenant_id first.
 */
export function tenantTable(name: string, columns: string, options: TenantTableOptions = {}): string {
  return [
    `create table ${plain(name)} (
      tenant_id text not null default nullif(current_setting('${tenantSetting}', true), '') check (tenant_id <> ''),
      id text not null,
      version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      ${columns.trim()},
      primary key (tenant_id, id)
    );`,
    walls(name, options),
  ].join('\n');
}

/**
 * SQL of the walls around a table that was made otherwise and has a tenant_id, a partition for instance. Where it has no
 * id, name what the sweep role may read in full.
 */
export function walls(name: string, { sweep, platformToo }: TenantTableOptions = {}): string {
  const own = `tenant_id = current_setting('${tenantSetting}', true)`;
  const platform = `current_setting('${tenantSetting}', true) = '${platformTenantId}'`;
  return [
    `alter table ${plain(name)} enable row level security;`,
    `alter table ${name} force row level security;`,
    policy(name, 'own_tenant', own),
    ...(platformToo ? [policy(name, 'platform_tenant', platform)] : []),
    ...(sweep ? [
      `create policy sweep on ${name} for select to "$sweep" using (true);`,
      `grant select (${[...new Set(['tenant_id', 'id', ...sweep.columns])].map(plain).join(', ')}) on ${name} to "$sweep";`,
    ] : []),
  ].join('\n');
}

/** SQL of a table that belongs to no tenant; every tenant reads and writes the same rows. `columns` are all of its columns. */
export function sharedTable(name: string, columns: string): string {
  return `create table ${plain(name)} (${columns.trim()});\ncomment on table ${name} is '${sharedMark}';`;
}

/** How a table says that it has no tenant on purpose; the check at the start looks for it. */
export const sharedMark = 'Shared by all tenants.';

function policy(table: string, name: string, who: string): string {
  return `create policy ${name} on ${table} to "$application", current_user using (${who}) with check (${who});`;
}

function plain(name: string): string {
  invariant(/^[a-z][a-z0-9_]{0,62}$/.test(name), `${name} is no plain SQL name.`);
  return name;
}
