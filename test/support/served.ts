import { makeLog } from '@haat/kit/log';
import { listen, type Listening } from '@haat/kit-run/listen';
import type { RunningSubgraph } from '@haat/kit-run/start';
import { freePort } from '@haat/local/servers/free-port';
import type { Part } from './part.js';

/** A subgraph of this process behind a port, always the same: to a gateway of another process it is gone when its door closes. */
export class Served implements Part {
  readonly url: string;
  #door?: Listening;
  #subgraph?: RunningSubgraph;

  private constructor(private readonly make: () => Promise<RunningSubgraph>, private readonly isOurs: boolean, private readonly port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** One that runs already, and goes on when its door is closed. */
  static async running(subgraph: RunningSubgraph): Promise<Served> {
    return new Served(() => Promise.resolve(subgraph), false, await freePort());
  }

  /** One that is made at each start, and closed with its door. */
  static async made(make: () => Promise<RunningSubgraph>): Promise<Served> {
    return new Served(make, true, await freePort());
  }

  async start(): Promise<void> {
    this.#subgraph = await this.make();
    this.#door = await listen(this.#subgraph.handle, this.port, makeLog(this.#subgraph.name, 'silent'));
  }

  kill(): Promise<number | null> {
    return this.stop();
  }

  async stop(): Promise<number | null> {
    await this.#door?.close();
    if (this.isOurs) await this.#subgraph?.close();
    return null;
  }
}
