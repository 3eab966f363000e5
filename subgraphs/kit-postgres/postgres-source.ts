import type { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { DataSource, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { ClassOf } from '@haat/kit/define';
import type { Log } from '@haat/kit/log';
import { spoken } from './postgres-errors.js';
import { SnakeCaseNaming } from './postgres-naming.js';
import { tenantPool } from './postgres-pool.js';

/** Waiting for a lock ends sooner than a statement, so that a jam is told from slow work. In milliseconds. */
const lockTimeoutMs = 2_000;

/** A transaction that does nothing for so long, in milliseconds, is ended with its connection: it holds locks. */
const idleInTransactionTimeoutMs = 15_000;

/** How long a taker waits for a connection, in milliseconds. */
export const connectionWaitMs = 3_000;

/** What the application's connections are made of. */
export interface TenantSourceOptions {
  readonly subgraph: string;
  readonly url: string;
  readonly rows: readonly ClassOf[];
  readonly poolMax: number;
  readonly statementMs: number;
  readonly tenants: AsyncLocalStorage<string>;
  readonly log: Log;
}

/** TypeORM over a {@link tenantPool}. A server that is away, or too slow, is refused in words: see {@link spoken}. */
export class TenantSource extends DataSource {
  constructor(private readonly facts: TenantSourceOptions) {
    const { subgraph, url, rows, poolMax, statementMs, tenants, log } = facts;
    super({
      type: 'postgres', url, schema: subgraph, applicationName: subgraph,
      entities: [...rows] as never[],
      namingStrategy: new SnakeCaseNaming(),
      driver: { Pool: tenantPool({ subgraph, tenants, log }), defaults: pg.defaults },
      poolSize: poolMax,
      connectTimeoutMS: connectionWaitMs,
      installExtensions: false,
      logging: false,
      poolErrorHandler: (error: Error) => log.warn({ err: error }, 'A connection to the database broke.'),
      extra: { statement_timeout: statementMs, lock_timeout: lockTimeoutMs, idle_in_transaction_session_timeout: idleInTransactionTimeoutMs, keepAlive: true },
    });
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const runner = super.createQueryRunner(mode);
    const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>;
    runner.query = (...args: unknown[]) => query(...args).catch((error: unknown) => {
      const refusal = spoken(error, this.facts.subgraph);
      if (refusal !== error) this.facts.log.warn({ err: error }, 'The database did not answer a statement.');
      throw refusal;
    });
    return runner;
  }
}
