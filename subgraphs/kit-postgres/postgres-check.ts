import type pg from 'pg';
import { sharedMark } from './migration.js';
import { StoreRefused, withClient } from './postgres-client.js';

/** Where and as whom the application is about to work. */
export interface CheckOptions {
  readonly subgraph: string;
  /** The application's own URL, so that what is checked is what it can do. */
  readonly url: string;
  /** Whether commits may be lost in a crash: on a server whose data is thrown away. */
  readonly isUnsafeAllowed: boolean;
}

/**
 * Looks into the catalog whether the walls stand, whoever made the tables: throws {@link StoreRefused}, naming everything,
 * when a table is without forced row-level security or without a tenant, a foreign key leads out of a tenant, a view or
 * function sees as its owner, the role could lift the walls, or commits are not durable.
 */
export async function checkStore(options: CheckOptions): Promise<void> {
  const faults = await withClient(options.url, async (client) => [...(await roleFaults(client, options)), ...(await wallFaults(client, options.subgraph))]);
  if (faults.length > 0) throw new StoreRefused(`${options.subgraph} cannot start on this database: ${faults.join('; ')}.`);
}

async function roleFaults(client: pg.Client, { subgraph, isUnsafeAllowed }: CheckOptions): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    select fault from pg_roles r, lateral (values
      (rolsuper or rolbypassrls, 'the role may pass row-level security by'),
      (rolcreaterole or rolcreatedb, 'the role may make roles or databases'),
      (exists (select from pg_auth_members m where m.member = r.oid), 'the role is a member of another'),
      (exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_namespace n where n.nspowner = r.oid), 'the role owns what it works on'),
      (has_schema_privilege($1, 'create') or has_database_privilege(current_database(), 'create, temporary'), 'the role may make tables'),
      (current_schemas(false) <> array[$1]::name[], 'the role looks into other schemas than its own'),
      (not $2 and current_setting('synchronous_commit') = 'off', 'synchronous_commit is off, so that acknowledged commits may be lost (switch it on, or set HAAT_UNSAFE_DURABILITY=1 where nothing matters)')
    ) as v (holds, fault) where rolname = current_user and holds`, [subgraph, isUnsafeAllowed]);
  return rows.map((row) => row.fault);
}

/** Each line finds one kind of hole, and says it. */
const holes = `
  with tables as (
    select c.*, n.nspname, (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1
  )
  select format('table %s has a tenant_id and no forced row-level security', relname) as fault from tables
    where relkind in ('r', 'p') and tenant is not null and not (relrowsecurity and relforcerowsecurity)
  union all
  select format('table %s has no tenant_id; make it with tenantTable, or with sharedTable when it has none on purpose', relname) from tables
    where relkind in ('r', 'p') and tenant is null and obj_description(oid, 'pg_class') is distinct from '${sharedMark}'
  union all
  select format('foreign key %s leaves out tenant_id', k.conname) from pg_constraint k join tables t on t.oid = k.conrelid join tables f on f.oid = k.confrelid
    where k.contype = 'f' and t.tenant is not null and f.tenant is not null and not exists (select from unnest(k.conkey, k.confkey) as p(a, b) where p.a = t.tenant and p.b = f.tenant)
  union all
  select format('view %s sees as its owner; make it with (security_invoker = true)', relname) from tables
    where relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false)
  union all
  select format('%s keeps rows where no wall can be', relname) from tables where relkind in ('m', 'f')
  union all
  select format('policy %s of %s is open to others than its tenant', p.policyname, p.tablename) from pg_policies p
    where p.schemaname = $1 and p.permissive = 'PERMISSIVE' and (current_user = any(p.roles) or 'public' = any(p.roles))
      and (coalesce(p.qual, '') || coalesce(p.with_check, '')) not like '%app.tenant_id%'
  union all
  select format('function %s runs as its owner', f.proname) from pg_proc f join pg_namespace n on n.oid = f.pronamespace where n.nspname = $1 and f.prosecdef`;

async function wallFaults(client: pg.Client, subgraph: string): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(holes, [subgraph]);
  return rows.map((row) => row.fault);
}
