import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the simulator is started. */
export interface VerificationSimulatorOptions {
  /** The key it lets in. */
  readonly key: string;
  /** What it signs its callbacks with. */
  readonly secret: string;
  /** 0 for a free one. */
  readonly port?: number;
}

/** A provider of identity checks for development and tests. */
export interface VerificationSimulator extends AsyncDisposable {
  readonly url: string;
  /** What each callback was answered with, in their order. */
  readonly answered: number[];
  /** Where callbacks go in place of the scheme, host and port they were asked for at: a door that had no port then. */
  door?: string;
  /** Goes on with the checks it delays. */
  release(): void;
}

interface Check {
  readonly id: string;
  readonly clientReference: string;
  readonly callbackUrl: string;
  readonly legalName: string;
  status: 'pending' | 'passed' | 'failed';
  reason?: string;
}

/**
 * Starts it. The first word of the legal name says what becomes of a check: `Reject` fails; `Delay` waits for `release`;
 * `Repeat` is called back three times, and then once with the opposite; `Silent` is never called back; everything else passes.
 */
export async function startVerificationSimulator(options: VerificationSimulatorOptions): Promise<VerificationSimulator> {
  const checks = new Map<string, Check>();
  const delayed: Check[] = [];
  const server = createServer((request, response) => void serve(request, response).catch(() => response.writeHead(400).end()));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.authorization !== `Bearer ${options.key}`) return void response.writeHead(401).end();
    const id = /^\/v1\/checks\/([\w-]+)$/.exec(request.url ?? '')?.[1];
    const check = id === undefined ? begun(checks, (await read(request)) as Wanted, String(request.headers['idempotency-key'])) : checks.get(id);
    if (!check) return void response.writeHead(404).end();
    const { status, reason } = check;
    response.writeHead(id === undefined ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: check.id, status, reason, url: `${simulator.url}/pages/${check.id}` }));
    if (id === undefined) await goOn(check);
  };
  const goOn = async (check: Check): Promise<void> => {
    const [manner] = check.legalName.split(' ');
    if (manner === 'Delay' && !delayed.includes(check)) return void delayed.push(check);
    check.status = manner === 'Reject' ? 'failed' : 'passed';
    check.reason = manner === 'Reject' ? 'The papers do not match.' : undefined;
    if (manner === 'Silent') return;
    for (let times = manner === 'Repeat' ? 3 : 1; times > 0; times -= 1) await callBack(simulator, options.secret, check);
    if (manner === 'Repeat') await callBack(simulator, options.secret, { ...check, status: 'failed', reason: 'Said too late.' });
  };
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const simulator: VerificationSimulator = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answered: [],
    release: () => { for (const check of delayed) void goOn(check); },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return simulator;
}

interface Wanted {
  readonly clientReference: string;
  readonly callbackUrl: string;
  readonly subject: { readonly legalName: string };
}

/** One check for one key, however often it is asked for. */
function begun(checks: Map<string, Check>, { clientReference, callbackUrl, subject }: Wanted, key: string): Check {
  const known = [...checks.values()].find((check) => check.clientReference === key);
  if (known) return known;
  const check: Check = { id: `chk-${randomUUID()}`, clientReference, callbackUrl, legalName: subject.legalName, status: 'pending' };
  checks.set(check.id, check);
  return check;
}

async function callBack(simulator: VerificationSimulator, secret: string, { id, clientReference, callbackUrl, status, reason }: Check): Promise<void> {
  const body = JSON.stringify({ id, clientReference, status, reason });
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  const url = simulator.door === undefined ? callbackUrl : simulator.door + new URL(callbackUrl).pathname;
  const headers = { 'content-type': 'application/json', 'x-verification-signature': `t=${at},v1=${signature}` };
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
  simulator.answered.push(response?.status ?? 0);
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as unknown;
}
