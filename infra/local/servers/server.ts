/** A server that the product talks to: where it is, what it is, and how it was found. */
export interface LocalServer {
  /** Its name for people, such as `Postgres`. */
  readonly name: string;
  /** Where it is, credentials of its administrator included. */
  readonly url: string;
  /** Its own version, such as `18.4`. */
  readonly version: string;
  /** How it was found, in one phrase for people: `DATABASE_URL`, `nats-server on the PATH`, `built by go`. */
  readonly source: string;
  /** Page for people, where there is one. */
  readonly page?: string;
  /** Process id of the server itself; absent when it was not started here. */
  readonly pid?: number;
  /** Stops what was started here and waits until it is gone; a server from the environment is left alone. */
  close(): Promise<void>;
}

/** What every local server is started with. */
export interface ServerOptions {
  /** Folder for data, ports and passwords. A second start on it finds the same data at the same port. */
  readonly dataDir: string;
  /**
   * Folder for fetched programs, shared by every clone. Default: `$XDG_CACHE_HOME` or `~/.cache`, then `haat`;
   * a folder below `dataDir` where the home cannot be written.
   */
  readonly cacheDir?: string;
  readonly env: NodeJS.ProcessEnv;
  /** False in tests: nothing is synced to disk, and the data may go when the server stops. */
  readonly durable: boolean;
  /** Port to listen on. Default: the one kept in `dataDir`, else a free one. */
  readonly port?: number;
  /** Told of the steps that take more than a moment. */
  readonly progress?: (line: string) => void;
}
