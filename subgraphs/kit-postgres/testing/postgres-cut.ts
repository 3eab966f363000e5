import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A door in front of a Postgres, that can be shut at the worst moment. */
export interface CutProxy extends AsyncDisposable {
  /** The URL through it. */
  readonly url: string;
  /**
   * Cuts the next connection that sends COMMIT: before the server hears of it, or after it has answered and before
   * the client hears of that.
   */
  cutNextCommit(when: 'before' | 'after'): void;
}

/** The simple-query message for COMMIT, as the driver sends it (Postgres protocol, section 54.7). */
const commit = Buffer.from([0x51, 0, 0, 0, 11, ...Buffer.from('COMMIT\0')]);

/** Opens the door on a free port of the loopback. */
export async function cutProxy(databaseUrl: string): Promise<CutProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed: 'before' | 'after' | undefined;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isCut = false;
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined).on('close', () => [client, upstream].forEach((each) => each.destroy())));
    client.on('data', (bytes) => {
      if (armed && bytes.includes(commit)) {
        isCut = true;
        if (armed === 'before') client.destroy();
        armed = undefined;
        if (client.destroyed) return;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => (isCut ? client.destroy() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    cutNextCommit: (when) => { armed = when; },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
