import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { keptPort } from './kept-port.js';
import { LocalServerError } from './local-server-error.js';
import { mailFromUrl, smtpGreeting } from './mail-from-url.js';
import type { LocalServer, ServerOptions } from './server.js';
import { supervise, type Supervised } from './supervise.js';
import { waitFor } from './wait-for.js';

const READY_LIMIT_MS = 30_000;
const HEAP_MEGABYTES_MAX = 96;

/**
 * Where mails go: `SMTP_URL`, else a catcher started here that sends nothing on. `port` is the one for mails.
 * Its page shows the mails to people; `GET <page>/email` lists them for programs, `DELETE <page>/email/all` forgets them.
 * Throws `LocalServerError` with one sentence that says what to do.
 */
export async function startMail(options: ServerOptions): Promise<LocalServer> {
  const given = options.env['SMTP_URL'];
  return given ? mailFromUrl(given) : startHere({ ...options, dataDir: resolve(options.dataDir) });
}

async function startHere(options: ServerOptions): Promise<LocalServer> {
  const folder = join(options.dataDir, 'mail');
  const mails = join(folder, 'mails');
  await mkdir(mails, { recursive: true });
  const smtpPort = await keptPort(join(folder, 'port'), options.port);
  const pagePort = await keptPort(join(folder, 'page-port'));
  const { program, version } = await maildev();
  // A process of its own: it parses mails with a whole browser's document model, which the product's heap should not hold.
  const running = await supervise({
    name: 'Mail',
    command: process.execPath,
    args: [
      `--max-old-space-size=${HEAP_MEGABYTES_MAX}`, program, '--silent', '--mail-directory', mails,
      '--ip', '127.0.0.1', '--smtp', String(smtpPort), '--web-ip', '127.0.0.1', '--web', String(pagePort),
    ],
    env: { PATH: options.env['PATH'], HOME: options.env['HOME'] },
    logFile: join(folder, 'mail.log'),
    stopSignal: 'SIGTERM',
  });
  const url = `smtp://127.0.0.1:${smtpPort}`;
  const page = `http://127.0.0.1:${pagePort}`;
  await ready(running, { url, page });
  return { name: 'Mail', url, page, version, source: 'maildev', pid: running.pid, close: () => running.stop() };
}

async function maildev(): Promise<{ program: string; version: string }> {
  const file = createRequire(import.meta.url).resolve('maildev/package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return { program: join(dirname(file), 'bin/maildev'), version };
}

async function ready(running: Supervised, { url, page }: { url: string; page: string }): Promise<void> {
  const answer = await waitFor(async () => (running.isRunning() ? isAnswering(url, page) : 'ended'), READY_LIMIT_MS);
  if (answer === true) return;
  const said = await running.lastLines();
  await running.stop();
  throw new LocalServerError(`The mail catcher did not start (${said || 'it said nothing'}): start again, or set SMTP_URL.`);
}

async function isAnswering(url: string, page: string): Promise<true | undefined> {
  try {
    await smtpGreeting(url);
    return (await fetch(`${page}/healthz`)).ok || undefined;
  } catch {
    return undefined;
  }
}
