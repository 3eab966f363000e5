import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A DNS server of a test's own, which has TXT records only. */
export interface TestDns {
  /** `address:port`, as resolvers are configured. */
  readonly address: string;
  /** Has a name answer with this text from now on. */
  set(name: string, text: string): void;
  close(): Promise<void>;
}

const headerBytes = 12;
const typeTxt = 16;
const classInternet = 1;
/** A response, authoritative; and the code for a name that is not there (RFC 1035 section 4.1.1). */
const answered = 0x8400;
const noSuchName = 3;

/** Starts it on a free port of this machine. */
export async function startDns(): Promise<TestDns> {
  const records = new Map<string, string>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answerTo(query, records), from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (name, text) => void records.set(name.toLowerCase(), text),
    close: () => closed(socket),
  };
}

async function closed(socket: Socket): Promise<void> {
  socket.close();
  await once(socket, 'close');
}

/** Answers the one question of a query (RFC 1035 section 4). */
function answerTo(query: Buffer, records: ReadonlyMap<string, string>): Buffer {
  const { name, end } = questionOf(query);
  const text = records.get(name);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(text === undefined ? answered | noSuchName : answered, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(text === undefined ? 0 : 1, 6);
  const question = query.subarray(headerBytes, end);
  return Buffer.concat(text === undefined ? [header, question] : [header, question, txtRecord(text)]);
}

function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

/** The name is a pointer to the question's. */
function txtRecord(text: string): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | headerBytes, 0);
  head.writeUInt16BE(typeTxt, 2);
  head.writeUInt16BE(classInternet, 4);
  head.writeUInt16BE(text.length + 1, 10);
  return Buffer.concat([head, Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}
