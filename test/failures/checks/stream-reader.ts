import { connect, type JetStreamManager, type NatsConnection } from 'nats';
import { natsAddress } from '@haat/local/servers/nats-address';

/** A message as it lies in a stream. */
export interface Streamed {
  readonly subject: string;
  readonly sequence: number;
  readonly id: string;
  readonly event: { readonly id: string; readonly tenantId: string; readonly type: string; readonly aggregate: { readonly id: string; readonly version: number }; readonly republished?: boolean };
}

/** A subgraph's place in a stream. */
export interface Listener {
  readonly subgraph: string;
  readonly subjects: readonly string[];
  readonly waiting: number;
}

/** Reads streams as an administrator of the broker would; what was read is kept. */
export class StreamReader {
  readonly #messages = new Map<string, Streamed[]>();
  readonly #names = new Map<string, string>();

  private constructor(private readonly connection: NatsConnection, private readonly manager: JetStreamManager) {}

  static async open(url: string): Promise<StreamReader> {
    const connection = await connect(natsAddress(url));
    return new StreamReader(connection, await connection.jetstreamManager());
  }

  /** The stream of each producer, with all of its messages. */
  async all(): Promise<ReadonlyMap<string, readonly Streamed[]>> {
    for await (const { config: { name, subjects }, state } of this.manager.streams.list()) {
      const producer = /^events\.([^.]+)\.>$/.exec(subjects[0] ?? '')?.[1];
      if (producer === undefined) continue;
      this.#names.set(producer, name);
      const kept = this.#messages.get(producer) ?? [];
      for (let sequence = Math.max(1, (kept.at(-1)?.sequence ?? state.first_seq - 1) + 1); sequence <= state.last_seq; sequence += 1) {
        const message = await this.manager.streams.getMessage(name, { seq: sequence });
        kept.push({ subject: message.subject, sequence, id: message.header.get('Nats-Msg-Id'), event: message.json() });
      }
      this.#messages.set(producer, kept);
    }
    return this.#messages;
  }

  /** Who reads the stream of a producer, and how much they have not acknowledged. */
  listeners(producer: string): Promise<Listener[]> {
    return this.#listenersOf(this.#names.get(producer) ?? '');
  }

  async #listenersOf(stream: string): Promise<Listener[]> {
    const found: Listener[] = [];
    for await (const { name, config, num_pending, num_ack_pending } of this.manager.consumers.list(stream)) {
      found.push({ subgraph: name, subjects: config.filter_subjects ?? [config.filter_subject ?? '>'], waiting: num_pending + num_ack_pending });
    }
    return found;
  }

  /** What nobody has acknowledged yet, over all streams. */
  async waiting(): Promise<number> {
    let sum = 0;
    for await (const { config: { name } } of this.manager.streams.list()) for (const one of await this.#listenersOf(name)) sum += one.waiting;
    return sum;
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
