import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMail } from './mail.js';
import type { LocalServer } from './server.js';
import { envWithoutServers, temporaryFolder } from './server-fixture.js';
import { waitFor } from './wait-for.js';

const WAIT_LIMIT_MS = 10_000;
const env = envWithoutServers();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: LocalServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startMail({ dataDir: join(folder.path, 'mail'), env, durable: true });
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

/** Sends one mail by SMTP, a line at a time. */
async function send(url: string, subject: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  await once(socket, 'data');
  const body = `From: shop@example.org\r\nTo: rina@example.org\r\nSubject: ${subject}\r\n\r\nHello.\r\n.`;
  for (const line of ['HELO test', 'MAIL FROM:<shop@example.org>', 'RCPT TO:<rina@example.org>', 'DATA', body, 'QUIT']) {
    socket.write(`${line}\r\n`);
    await once(socket, 'data');
  }
  socket.destroy();
}

async function subjects(): Promise<string[]> {
  const mails = (await (await fetch(`${server.page}/email`)).json()) as { subject: string }[];
  return mails.map((mail) => mail.subject);
}

test('a mail that was sent is on the page, also after a kill and another start at the same place', async () => {
  await send(server.url, 'Welcome');
  expect(await waitFor(async () => (await subjects())[0], WAIT_LIMIT_MS)).toBe('Welcome');
  expect((await fetch(String(server.page))).headers.get('content-type')).toContain('text/html');
  const { url, page, pid } = server;
  process.kill(Number(pid), 'SIGKILL');
  await server.close();
  server = await startMail({ dataDir: join(folder.path, 'mail'), env, durable: true });
  expect(server).toMatchObject({ url, page, source: 'maildev', version: expect.stringMatching(/^2\./) });
  expect(await waitFor(async () => (await subjects())[0], WAIT_LIMIT_MS)).toBe('Welcome');
});

test('SMTP_URL is used as it is, its greeting said, and left running', async () => {
  const given = await startMail({ dataDir: join(folder.path, 'unused'), env: { ...env, SMTP_URL: server.url }, durable: false });
  expect(given).toMatchObject({ url: server.url, source: 'SMTP_URL', version: expect.stringContaining('ESMTP') });
  await given.close();
  expect((await fetch(String(server.page))).ok).toBe(true);
});

test('an SMTP_URL where nothing answers is refused in one sentence', async () => {
  const start = startMail({ dataDir: folder.path, env: { SMTP_URL: 'smtp://127.0.0.1:1' }, durable: false });
  await expect(start).rejects.toMatchObject({ name: 'LocalServerError', message: expect.stringContaining('No mail server answers at SMTP_URL') });
});
