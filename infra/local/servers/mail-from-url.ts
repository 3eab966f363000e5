import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { LocalServerError } from './local-server-error.js';
import type { LocalServer } from './server.js';

const GREETING_LIMIT_MS = 5_000;
const VERSION_LENGTH_MAX = 80;

/** The mail server that the environment names, used as it is; its version is what its greeting says. Throws `LocalServerError` when it is away. */
export async function mailFromUrl(url: string): Promise<LocalServer> {
  const greeting = await smtpGreeting(url).catch((cause: Error) => {
    throw new LocalServerError(`No mail server answers at SMTP_URL (${cause.message}): start it, correct the URL, or unset it to have a catcher started.`, { cause });
  });
  return { name: 'Mail', url, version: greeting.slice(0, VERSION_LENGTH_MAX), source: 'SMTP_URL', close: async () => undefined };
}

/** The text of the first line that a mail server sends. Throws when none comes within 5 seconds. */
export async function smtpGreeting(url: string): Promise<string> {
  const socket = open(new URL(url));
  const limit = AbortSignal.timeout(GREETING_LIMIT_MS);
  try {
    const [line] = (await once(socket, 'data', { signal: limit })) as [Buffer];
    const greeting = /^220[ -](.*)/.exec(line.toString('latin1'))?.[1];
    if (greeting === undefined) throw new Error('it greets like no mail server');
    return greeting.trim();
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

function open({ protocol, hostname, port }: URL): Socket {
  return protocol === 'smtps:' ? connectTls({ host: hostname, port: Number(port || 465), servername: hostname }) : connect({ host: hostname, port: Number(port || 25) });
}
