import pg from 'pg';
import { invariant } from '@haat/kit/invariant';
import { withClient } from './postgres-client.js';

/** Where one subgraph finds its store: one URL per role, as its environment names them. */
export interface PostgresUrls {
  /** The application: reads and writes rows, in one tenant at a time; owns nothing. */
  readonly DATABASE_URL: string;
  /** Owns the schema and makes its tables; used by migrations only. */
  readonly DATABASE_OWNER_URL: string;
  /** Selects the columns granted to it across tenants, and nothing else. */
  readonly DATABASE_SWEEP_URL: string;
}

/** For whom roles are made. */
export interface RolesWish {
  /** Made when it is missing. Its name begins the names of its roles, which are the whole server's. */
  readonly database: string;
  /** Also the name of its schema. */
  readonly subgraph: string;
  readonly passwords: { readonly owner: string; readonly application: string; readonly sweep: string };
}

/**
 * Makes a subgraph's schema and its three roles: `<database>_<subgraph>` the application's, `…_owner` and `…_sweep`.
 * None sees another subgraph's schema, and everybody else sees nothing. Doing it again only sets the passwords.
 * `adminUrl` is a superuser's, in any database of the server.
 */
export async function makeRoles(adminUrl: string, wish: RolesWish): Promise<PostgresUrls> {
  for (const name of [wish.database, wish.subgraph]) invariant(/^[a-z][a-z0-9_]{0,26}$/.test(name), `${name} cannot name a database or schema.`);
  const roles = roleNames(wish);
  await alone(adminUrl, async (admin) => {
    await createIfMissing(admin, wish.database);
    for (const kind of roleKinds) await makeRole(admin, roles[kind], wish.passwords[kind]);
    await withClient(urlOf(adminUrl, wish.database), (inside) => inside.query(grants(wish, roles)));
  });
  const url = (kind: RoleKind): string => urlOf(adminUrl, wish.database, roles[kind], wish.passwords[kind]);
  return { DATABASE_URL: url('application'), DATABASE_OWNER_URL: url('owner'), DATABASE_SWEEP_URL: url('sweep') };
}

/** Makes a database, unless it is there. */
export async function makeDatabase(adminUrl: string, database: string): Promise<void> {
  await alone(adminUrl, (admin) => createIfMissing(admin, database));
}

/** Drops a database with the roles that {@link makeRoles} made for it, and with whoever is in it. For tests. */
export async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  await alone(adminUrl, async (admin) => {
    await admin.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`);
    const { rows } = await admin.query<{ name: string }>('select rolname as name from pg_roles where starts_with(rolname, $1)', [`${database}_`]);
    for (const { name } of rows) await admin.query(`drop role ${pg.escapeIdentifier(name)}`);
  });
}

/** A server's URL with another database, and another user where one is given. */
export function urlOf(serverUrl: string, database: string, user?: string, password?: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
}

const roleKinds = ['owner', 'application', 'sweep'] as const;
type RoleKind = (typeof roleKinds)[number];

function roleNames({ database, subgraph }: RolesWish): Record<RoleKind, string> {
  const application = `${database}_${subgraph}`;
  return { application, owner: `${application}_owner`, sweep: `${application}_sweep` };
}

/** Roles are the whole server's, and its catalog does not take two changes of one row at once. */
async function alone(adminUrl: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    await admin.query(`select pg_advisory_lock(hashtextextended('haat roles', 0))`);
    await work(admin);
  });
}

async function createIfMissing(admin: pg.Client, database: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
  // From template1 nobody could copy while somebody is in it.
  if (rowCount === 0) await admin.query(`create database ${pg.escapeIdentifier(database)} template template0`);
}

async function makeRole(admin: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
  const limits = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit';
  await admin.query(`${rowCount === 0 ? 'create' : 'alter'} role ${role} ${limits} password ${pg.escapeLiteral(password)}`);
}

/** What is told of what others run and of their rows is no business of a role: their statements are of other tenants. */
const tellTales = ['on pg_stat_activity', 'on function pg_stat_get_activity(integer)', 'on function pg_stat_get_backend_activity(integer)'];

function grants({ database, subgraph }: RolesWish, { owner, application, sweep }: ReturnType<typeof roleNames>): string {
  return `
    revoke all on database ${database} from public;
    revoke all on schema public from public;
    ${tellTales.map((what) => `revoke all ${what} from public; grant ${what.includes('function') ? 'execute' : 'select'} ${what} to pg_monitor;`).join('\n')}
    grant connect on database ${database} to ${owner}, ${application}, ${sweep};
    create schema if not exists ${subgraph} authorization ${owner};
    grant usage on schema ${subgraph} to ${application}, ${sweep};
    ${[owner, application, sweep].map((role) => `alter role ${role} in database ${database} set search_path = ${subgraph};`).join('\n')}
    alter role ${sweep} in database ${database} set default_transaction_read_only = on;
    alter default privileges for role ${owner} revoke execute on functions from public;
    alter default privileges for role ${owner} in schema ${subgraph} grant select, insert, update, delete on tables to ${application};
    alter default privileges for role ${owner} in schema ${subgraph} grant usage, select on sequences to ${application};
    alter default privileges for role ${owner} in schema ${subgraph} grant execute on functions to ${application};`;
}
