import { readFile } from 'node:fs/promises';
import type { Log } from '@haat/kit/log';
import type { GraphqlServer } from './graphql-server.js';

/** The largest supergraph that is read, in bytes. */
const supergraphBytesMax = 32 * 1024 * 1024;

/** The supergraph that is served now. */
export interface Supergraph {
  /** Runs `work` on what is served now; a swap waits with closing it until the work is done. */
  use<T>(work: (server: GraphqlServer) => Promise<T>): Promise<T>;
  readonly subgraphs: GraphqlServer['subgraphs'];
  /** Serves another one from the next request on. One that is not good is refused with the reason, and the old one stays. */
  swap(sdl: string): Promise<void>;
  /** Why the last one offered was refused; undefined when it was taken. */
  readonly refused?: string;
  close(): Promise<void>;
}

/** Reads a supergraph file. Throws a sentence when it cannot be read. */
export async function loadSupergraph(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The supergraph ${file} cannot be read (${error.code ?? error.message}).`);
  });
  if (text.length > supergraphBytesMax) throw new Error(`The supergraph ${file} is larger than ${supergraphBytesMax} bytes.`);
  return text;
}

/** Serves a first supergraph; throws when it is not good. */
export async function serveSupergraph(sdl: string, start: (sdl: string) => Promise<GraphqlServer>, log: Log): Promise<Supergraph> {
  let current = lease(await start(sdl));
  let refused: string | undefined;
  let swapping: Promise<void> = Promise.resolve();
  const swapNow = async (next: string): Promise<void> => {
    try {
      const taken = lease(await start(next));
      const old = current;
      current = taken;
      refused = undefined;
      void old.closeWhenUnused().catch((error: unknown) => log.warn({ err: error }, 'The old supergraph did not close well.'));
    } catch (error) {
      refused = error instanceof Error ? error.message : String(error);
      log.error({ err: error }, 'A new supergraph is not good; the old one is served on.');
      throw error;
    }
  };
  return {
    get refused() { return refused; },
    get subgraphs() { return current.server.subgraphs; },
    use: (work) => current.use(work),
    swap(next) {
      // One after the other, so that the last one offered is the one that stays.
      const swapped = swapping.then(() => swapNow(next));
      swapping = swapped.catch(() => undefined);
      return swapped;
    },
    close: () => current.closeWhenUnused(),
  };
}

interface Lease {
  readonly server: GraphqlServer;
  use<T>(work: (server: GraphqlServer) => Promise<T>): Promise<T>;
  closeWhenUnused(): Promise<void>;
}

/** Counts who works with a server, so that it is closed under nobody. */
function lease(server: GraphqlServer): Lease {
  let users = 0;
  let whenUnused: (() => void) | undefined;
  return {
    server,
    async use(work) {
      users += 1;
      try {
        return await work(server);
      } finally {
        users -= 1;
        if (users === 0) whenUnused?.();
      }
    },
    async closeWhenUnused() {
      if (users > 0) await new Promise<void>((resolve) => { whenUnused = resolve; });
      await server.close();
    },
  };
}
