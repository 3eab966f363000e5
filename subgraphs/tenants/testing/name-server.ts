import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, type Packet } from 'dns-packet';

/** A DNS server of a test's own, on loopback. */
export interface NameServer extends AsyncDisposable {
  /** `address:port`. */
  readonly address: string;
  /** Texts by name, each record in one or more strings of at most 255 bytes. */
  readonly texts: Map<string, string[][]>;
  /** From now on says that it fails (SERVFAIL), or answers again. */
  failing: boolean;
  /** How many questions came. */
  questions: number;
}

/** Starts one that knows nothing yet: every name is NXDOMAIN. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  const server: NameServer = { address: '', texts: new Map(), failing: false, questions: 0, [Symbol.asyncDispose]: async () => void (await new Promise<void>((resolve) => socket.close(() => resolve()))) };
  socket.on('message', (message, { port, address }) => {
    server.questions += 1;
    socket.send(encode(answerTo(server, decode(message))), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return Object.assign(server, { address: `127.0.0.1:${socket.address().port}` });
}

const noSuchName = 3;
const serverFailed = 2;

function answerTo(server: NameServer, { id, questions = [] }: Packet): Packet {
  const name = questions[0]?.name ?? '';
  const texts = server.texts.get(name);
  const code = server.failing ? serverFailed : texts ? 0 : noSuchName;
  const answers = code === 0 ? (texts ?? []).map((data) => ({ type: 'TXT' as const, name, ttl: 1, data })) : [];
  return { type: 'response', id, flags: code, questions, answers };
}
