import { createServer } from 'node:net';

/** Both, because a server may listen on loopback only or on every address. */
const HOSTS = ['127.0.0.1', '0.0.0.0'];

/** Throws one sentence with a way out unless a server of ours can listen on the port now. */
export async function mustBeUsable(port: number): Promise<void> {
  for (const host of HOSTS) {
    const code = await failureOf(port, host);
    if (code === 'EACCES') throw new Error(`Port ${port} is for administrators only: choose one above 1023 with \`npm start -- --port ${port + 4000}\`.`);
    if (code) throw new Error(portIsBusy(port));
  }
}

/** The sentence for a port that somebody listens on. */
export function portIsBusy(port: number): string {
  return `Port ${port} is in use: stop the program that listens there, or choose another port with \`npm start -- --port ${port + 1}\`.`;
}

function failureOf(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
