import type { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { boundariesOn, boundary } from '@haat/kit/boundary';
import type { Log } from '@haat/kit/log';
import { tenantSetting } from './migration.js';
import { spoken } from './postgres-errors.js';
import { unavailable } from '@haat/kit/refusal';

/** Sets the tenant of a connection, until it is set again. */
const setTenant = `select set_config('${tenantSetting}', $1, false)`;

/** Sets the tenant of the rest of a transaction. */
export const setTenantLocally = `select set_config('${tenantSetting}', $1, true)`;

/** What could move a connection to another tenant behind our back. */
const movesTenant = /app\.tenant_id|set_config|reset|discard|execute/i;

/** The connection said ROLLBACK where it was asked to COMMIT: a statement had failed and somebody went on regardless. */
export class CommitRefused extends Error {
  override readonly name = 'CommitRefused';
}

/** Whose pool it is, and where the tenant of whoever takes a connection is found. */
export interface TenantPoolOptions {
  readonly subgraph: string;
  readonly tenants: AsyncLocalStorage<string>;
  readonly log: Log;
}

type Done = (error?: Error | boolean) => void;
type TakenCallback = (error: Error | undefined, client?: pg.PoolClient, done?: Done) => void;

/**
 * A pool whose connections are always their taker's tenant's, so that no way to a connection leads to another tenant's
 * rows: a bare `pool.query` neither. The tenant is remembered per connection and set only when it changes. A connection that
 * comes back inside a transaction, or that could not be set, is dropped.
 */
export function tenantPool({ subgraph, tenants, log }: TenantPoolOptions): typeof pg.Pool {
  return class TenantPool extends pg.Pool {
    override connect(): Promise<pg.PoolClient>;
    override connect(callback: TakenCallback): void;
    override connect(callback?: TakenCallback): Promise<pg.PoolClient> | void {
      const tenantId = tenants.getStore() ?? '';
      const taken = super.connect().catch(away).then((client) => bound(client, tenantId));
      if (!callback) return taken;
      taken.then((client) => callback(undefined, client, client.release), (error: Error) => callback(error, undefined, () => undefined));
    }
  };

  function away(error: Error): never {
    log.warn({ err: error }, 'No connection to the database could be had.');
    const refusal = spoken(error, subgraph);
    // Waiting in vain for a free one is no error of the driver's.
    throw refusal === error ? unavailable(subgraph) : refusal;
  }

  async function bound(client: pg.PoolClient, tenantId: string): Promise<pg.PoolClient> {
    const kept = watched(client, subgraph);
    const release = client.release.bind(client);
    client.release = (error) => release(error ?? (client.getTransactionStatus() === 'I' ? undefined : new Error('Came back inside a transaction.')));
    if (kept.tenantId === tenantId) return client;
    try {
      kept.tenantId = undefined;
      await kept.send(setTenant, [tenantId]);
      kept.tenantId = tenantId;
      return client;
    } catch (error) {
      release(error as Error);
      throw error;
    }
  }
}

/** What is known of a connection. */
interface Kept {
  /** Undefined where nobody knows. */
  tenantId: string | undefined;
  /** Sends a statement of our own, unwatched. */
  readonly send: (...args: unknown[]) => Promise<pg.QueryResult>;
}

const watchedClients = new WeakMap<pg.PoolClient, Kept>();

/** Puts our own eyes before a new connection's statements. */
function watched(client: pg.PoolClient, subgraph: string): Kept {
  const known = watchedClients.get(client);
  if (known) return known;
  const send = client.query.bind(client) as Kept['send'];
  const kept: Kept = { tenantId: undefined, send };
  watchedClients.set(client, kept);
  const marking = boundariesOn();
  const query = (...args: unknown[]): Promise<pg.QueryResult> => {
    const text = typeof args[0] === 'string' ? args[0] : '';
    if (text !== setTenantLocally && movesTenant.test(text)) kept.tenantId = undefined;
    // A callback's caller wants no promise.
    if (typeof args.at(-1) === 'function') return send(...args);
    const sent = marking ? marked(`${subgraph}/${markOf(text)}`, () => send(...args)) : send(...args);
    return text === 'COMMIT' ? sent.then(mustBeCommitted) : sent;
  };
  client.query = query as typeof client.query;
  return kept;
}

function mustBeCommitted(result: pg.QueryResult): pg.QueryResult {
  if (result.command === 'COMMIT') return result;
  throw new CommitRefused('A statement of this transaction had failed, so that nothing of it was kept.');
}

async function marked<T>(name: string, work: () => Promise<T>): Promise<T> {
  await boundary(`${name}:before`);
  const result = await work();
  await boundary(`${name}:after`);
  return result;
}

/** As marks name it: `begin`, `commit`, `rollback`, or the verb and its table, such as `insert outbox`. */
function markOf(text: string): string {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'statement';
  if (verb === 'start') return 'begin';
  const table = /\b(?:into|from|update)\s+(?:\w+\.)?(\w+)/i.exec(text.replaceAll('"', ''))?.[1];
  return table ? `${verb} ${table.toLowerCase()}` : verb;
}
