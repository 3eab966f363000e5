import { connect, Events, type ConnectionOptions, type NatsConnection } from 'nats';
import type { Log } from './log.js';
import { pause } from './pause.js';

/** How long a start waits for the broker before it goes on without, in milliseconds. */
const firstWaitMs = 5_000;

/** Between two tries to reach the broker: the fixed part and the random one on top, in milliseconds. */
const retryMs = 250;
const jitterMs = 750;

/** A broker that says nothing for three of these is gone. */
const pingMs = 10_000;

/** Where the broker is and who we are there. */
export interface NatsOptions {
  /** `nats://<user>:<password>@<host>:<port>`, several hosts by comma; the user is the subgraph's name. */
  readonly url: string;
  /** The subgraph or `gateway`: names the connection and the private inbox. */
  readonly name: string;
  readonly log: Log;
}

/** A connection to the broker that comes back for ever. */
export interface NatsLink extends AsyncDisposable {
  /** Undefined until the broker was reached the first time; then the same one for good. */
  readonly connection: NatsConnection | undefined;
  status(): 'up' | 'down';
  /** Runs once, when the broker is first reached; at once when it was. For subscriptions, which survive reconnects. */
  onConnect(work: (connection: NatsConnection) => void): void;
  /** Told each time the broker is there again, the first time too. Answers how to stop listening. */
  onReconnect(listener: () => void): () => void;
  /** Told each time the broker is lost. Answers how to stop listening. */
  onCut(listener: () => void): () => void;
  /** Lets what is under way finish, and disconnects. */
  drain(): Promise<void>;
  /** The same: what opens is closed. */
  close(): Promise<void>;
}

/** Replies arrive under this, and a user may subscribe to nobody else's. */
export function inboxPrefixOf(name: string): string {
  return `_INBOX_${name}`;
}

/**
 * Connects. Answers when the broker is there, or after 5 s without it: writes go on meanwhile and their events wait.
 * @throws TypeError when the URL is none.
 */
export async function connectNats(options: NatsOptions): Promise<NatsLink> {
  const link = new Link(options);
  await Promise.race([link.connected, pause(firstWaitMs, link.closing)]);
  return link;
}

/** The client's options of a URL: it takes no credentials from one by itself. */
export function natsAddressOf(url: string): { readonly servers: string[]; readonly user?: string; readonly pass?: string } {
  const all = url.split(',').map((each) => new URL(each.includes('://') ? each : `nats://${each}`));
  const [first] = all;
  const servers = all.map(({ host }) => host);
  return first?.username ? { servers, user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) } : { servers };
}

class Link implements NatsLink {
  connection: NatsConnection | undefined;
  readonly connected: Promise<void>;
  private isUp = false;
  private readonly closer = new AbortController();
  private readonly first: ((connection: NatsConnection) => void)[] = [];
  private readonly returns = new Set<() => void>();
  private readonly cuts = new Set<() => void>();

  constructor(private readonly options: NatsOptions) {
    const { name, url } = options;
    const how: ConnectionOptions = {
      ...natsAddressOf(url), name, inboxPrefix: inboxPrefixOf(name), maxReconnectAttempts: -1, reconnectTimeWait: retryMs, reconnectJitter: jitterMs,
      // Credentials can be put right at the broker while we run.
      ignoreAuthErrorAbort: true, pingInterval: pingMs, maxPingOut: 2, timeout: firstWaitMs,
    };
    this.connected = this.reach(how);
  }

  get closing(): AbortSignal {
    return this.closer.signal;
  }

  status(): 'up' | 'down' {
    return this.isUp ? 'up' : 'down';
  }

  onConnect(work: (connection: NatsConnection) => void): void {
    if (this.connection) work(this.connection);
    else this.first.push(work);
  }

  onReconnect(listener: () => void): () => void {
    this.returns.add(listener);
    return () => void this.returns.delete(listener);
  }

  onCut(listener: () => void): () => void {
    this.cuts.add(listener);
    return () => void this.cuts.delete(listener);
  }

  async drain(): Promise<void> {
    this.closer.abort();
    const { connection } = this;
    if (!connection || connection.isClosed()) return;
    if (this.isUp) await connection.drain().catch(() => connection.close());
    else await connection.close();
    this.down();
  }

  close(): Promise<void> {
    return this.drain();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.drain();
  }

  private async reach(how: ConnectionOptions): Promise<void> {
    for (let isTold = false; !this.closing.aborted; await pause(retryMs + Math.random() * jitterMs, this.closing)) {
      const connection = await connect(how).catch((error: unknown) => {
        if (!isTold) this.options.log.warn({ err: error }, 'The broker cannot be reached; events wait until it can.');
        isTold = true;
      });
      if (!connection) continue;
      if (this.closing.aborted) return connection.close();
      this.connection = connection;
      void this.watch(connection);
      this.up();
      for (const work of this.first.splice(0)) work(connection);
      return;
    }
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const { type, data } of connection.status()) {
      if (type === Events.Disconnect) this.down();
      else if (type === Events.Reconnect) this.up();
      else if (type === Events.Error) this.options.log.warn({ broker: String(data) }, 'The broker refused something.');
    }
    this.down();
  }

  private up(): void {
    this.isUp = true;
    for (const listener of this.returns) listener();
  }

  private down(): void {
    if (!this.isUp) return;
    this.isUp = false;
    if (!this.closing.aborted) this.options.log.warn('The broker was lost; events wait until it is back.');
    for (const listener of this.cuts) listener();
  }
}
