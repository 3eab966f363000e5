import pg from 'pg';
import type { Log } from '@haat/kit/log';
import type { Leadership } from '@haat/kit/store';

/** How often the connection of the leads is tried, and how long it may take to answer, in milliseconds. */
const beatMs = 5_000;

/**
 * The server, too, must notice that we are gone, or nobody else could lead: after about 20 s (tcp(7)).
 */
const serverKeepAlive = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2';

/** Whose leads these are. */
export interface LeadsOptions {
  /** Of the sweep role: a lock needs no rights. */
  readonly url: string;
  readonly subgraph: string;
  readonly log: Log;
}

/**
 * Leads by session advisory locks, all on one connection of their own: they end with it, and so with this process.
 */
export class Leads {
  private readonly held = new Map<string, AbortController>();
  private connection: Promise<pg.Client> | undefined;
  private isClosed = false;
  private said: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LeadsOptions) {}

  /** Becomes the one runner of `name` over all processes, or undefined while another is, or when the server is away. */
  async take(name: string): Promise<Leadership | undefined> {
    if (this.held.has(name) || this.isClosed) return undefined;
    const lost = new AbortController();
    this.held.set(name, lost);
    try {
      const client = await (this.connection ??= this.connect());
      const { rows: [row] } = await this.say<{ taken: boolean }>(client, 'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken', [this.keyOf(name)]);
      if (row?.taken && !lost.signal.aborted) return this.leadership(name, client, lost);
    } catch (error) {
      this.options.log.warn({ err: error, lead: name }, 'A lead could not be asked for.');
    }
    if (this.held.get(name) === lost) this.held.delete(name);
    return undefined;
  }

  /** Gives up every lead. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.connection?.then((client) => client.end(), () => undefined);
  }

  private leadership(name: string, client: pg.Client, lost: AbortController): Leadership {
    const release = async (): Promise<void> => {
      if (this.held.get(name) !== lost) return;
      await this.say(client, 'select pg_advisory_unlock(hashtextextended($1, 0))', [this.keyOf(name)]).catch(() => undefined);
      this.held.delete(name);
    };
    return { lost: lost.signal, release, [Symbol.asyncDispose]: release };
  }

  /** One statement at a time: the connection is one for all leads. */
  private say<R extends pg.QueryResultRow>(client: pg.Client, sql: string, parameters: readonly unknown[] = []): Promise<pg.QueryResult<R>> {
    const answer = this.said.then(() => client.query<R>(sql, [...parameters]));
    this.said = answer.catch(() => undefined);
    return answer;
  }

  private keyOf(name: string): string {
    return `lead ${this.options.subgraph} ${name}`;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.options.url, application_name: `${this.options.subgraph} leads`, options: serverKeepAlive,
      keepAlive: true, connectionTimeoutMillis: beatMs, query_timeout: beatMs,
    });
    const beat = setInterval(() => void this.say(client, 'select 1').catch(() => client.connection.stream.destroy()), beatMs).unref();
    client.on('error', (error) => this.options.log.warn({ err: error }, 'The connection of the leads broke.'));
    client.on('end', () => {
      clearInterval(beat);
      this.lose();
    });
    try {
      await client.connect();
    } catch (error) {
      clearInterval(beat);
      this.connection = undefined;
      throw error;
    }
    return client;
  }

  private lose(): void {
    this.connection = undefined;
    const all = [...this.held.values()];
    this.held.clear();
    for (const lost of all) lost.abort(new Error('The lead was lost with its connection.'));
  }
}
