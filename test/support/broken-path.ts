import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The way from a gateway to a subgraph, which can be broken: what is sent along it, or not. */
export class BrokenPath implements AsyncDisposable {
  /** Requests that came, passed on or not. */
  asked = 0;
  /** How many of the next requests lose their connection before anybody has heard them. */
  cuts = 0;
  /** Whether what comes is taken, and never passed on. */
  hangs = false;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server, readonly url: string) {}

  /** Opens one to an address. */
  static async to(target: string): Promise<BrokenPath> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const path = new BrokenPath(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (from) => path.#join(from, connect(Number(new URL(target).port), '127.0.0.1')));
    return path;
  }

  #join(from: Socket, to: Socket): void {
    for (const socket of [from, to]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => {
        this.#sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.on('data', (part: Buffer) => {
      const isNew = /^(GET|POST) /.test(part.toString('latin1', 0, 5));
      if (isNew) this.asked += 1;
      if (isNew && this.cuts > 0) {
        this.cuts -= 1;
        from.resetAndDestroy();
      } else if (!this.hangs) to.write(part);
    });
    to.on('data', (part: Buffer) => from.write(part));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    this.server.close();
    await once(this.server, 'close');
  }
}
