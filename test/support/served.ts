import { makeLog } from '@haat/kit/log';
import { listen, type Listening } from '@haat/kit-run/listen';
import type { RunningSubgraph } from '@haat/kit-run/start';
import { freePort } from '@haat/local/servers/free-port';
import type { Part } from './part.js';

/** A subgraph that runs in this process anyway, behind a port for a gateway of another process. It goes on when its door is closed, which is all that can be ended of it. */
export class Served implements Part {
  readonly url: string;
  #door?: Listening;

  private constructor(private readonly subgraph: RunningSubgraph, private readonly port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  static async of(subgraph: RunningSubgraph): Promise<Served> {
    return new Served(subgraph, await freePort());
  }

  async start(): Promise<void> {
    this.#door = await listen(this.subgraph.handle, this.port, makeLog(this.subgraph.name, 'silent'));
  }

  kill(): Promise<number | null> {
    return this.stop();
  }

  async stop(): Promise<number | null> {
    await this.#door?.close();
    return null;
  }
}
