import type { TypedOperation } from '@haat/schema/clients/typed-operation';
import { ask, type Answered, type AskOptions } from './ask.js';
import { LiveConnection } from './live-connection.js';
import { LiveFeed, type LiveReading } from './live-feed.js';
import type { TransportOptions } from './options.js';

/** The public door, for one viewer. */
export interface Transport {
  /** Asks once. Throws when the door cannot be reached. */
  ask<D, V>(operation: TypedOperation<D, V>, variables: V, options?: AskOptions): Promise<Answered<D>>;
  /** Listens without end. Throws `LiveEnded` when it ends for good; `return` ends it. */
  live<D, V>(operation: TypedOperation<D, V>, variables: V, options?: LiveOptions): LiveReading<D>;
  /** Ends everything that is live. */
  close(): void;
}

/** Where a live operation begins, and when it ends. */
export interface LiveOptions {
  /** A cursor that was kept: what came after it is given first. */
  readonly after?: string;
  readonly signal?: AbortSignal;
}

/** Makes it. Nothing is opened before something is asked. */
export function transport(options: TransportOptions): Transport {
  const connection = new LiveConnection(options);
  return {
    ask: (operation, variables, more) => ask(options, operation, variables, more),
    live<D, V>(operation: TypedOperation<D, V>, variables: V, { after, signal }: LiveOptions = {}) {
      const feed = new LiveFeed(operation as TypedOperation<unknown, unknown>, variables, connection, after);
      signal?.addEventListener('abort', () => void feed.return(), { once: true });
      if (signal?.aborted) void feed.return();
      else connection.add(feed);
      // What comes is what the operation's own type says, since the door answers no other.
      return feed as LiveReading<D>;
    },
    close: () => connection.close(),
  };
}
