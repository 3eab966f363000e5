import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to the mail catcher that can be shut: shut, nobody listens at its address. */
export interface Door extends AsyncDisposable {
  readonly url: string;
  open(): Promise<void>;
}

/** A door that is shut. */
export async function shutDoor(smtpUrl: string): Promise<Door> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    url: `smtp://127.0.0.1:${port}`,
    async open() {
      server = createServer((socket) => pipe(socket, new URL(smtpUrl), sockets));
      await listen(server, port);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    },
  };
}

function pipe(inside: Socket, { hostname, port }: URL, sockets: Set<Socket>): void {
  const outside = connect(Number(port), hostname);
  for (const [one, other] of [[inside, outside], [outside, inside]] as const) {
    sockets.add(one);
    one.on('error', () => other.destroy()).on('close', () => sockets.delete(one)).pipe(other);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
}
