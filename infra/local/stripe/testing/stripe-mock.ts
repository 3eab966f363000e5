import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { NotedRequest } from '../desk.js';
import type { Form, FormValue } from '../api/read-form.js';
import { freePort } from '../../servers/free-port.js';
import { findTool, runTool } from '../../servers/mongo-tool.js';
import { programCache } from '../../servers/program-cache.js';
import { waitFor } from '../../servers/wait-for.js';

const module = 'github.com/stripe/stripe-mock@v0.203.0';
const startMs = 15_000;

/** Stripe's own mock: it knows the parameters of every request by Stripe's description of its API, and keeps nothing. */
export interface StripeMock extends AsyncDisposable {
  readonly url: string;
}

/** Its program: on the PATH, where Go puts programs, or built by Go once; else why there is none. */
export async function findStripeMock(env: NodeJS.ProcessEnv): Promise<{ readonly file: string } | { readonly why: string }> {
  const goFolder = join(env['GOPATH'] || join(env['HOME'] || homedir(), 'go'), 'bin');
  const kept = await programCache({ env, dataDir: homedir(), durable: true });
  const found = await findTool('stripe-mock', { PATH: [env['PATH'] ?? '', goFolder, kept].join(':') });
  if (found !== undefined) return { file: found };
  if ((await findTool('go', env)) === undefined) return { why: 'there is no Go to build stripe-mock' };
  const { failure } = await runTool('go', ['install', '-trimpath', module], { env: { ...env, CGO_ENABLED: '0', GOBIN: kept }, cwd: kept });
  return failure === undefined ? { file: join(kept, 'stripe-mock') } : { why: `Go could not build stripe-mock: ${failure}` };
}

/** Starts it on a free port. */
export async function startStripeMock(file: string): Promise<StripeMock> {
  await access(file, constants.X_OK);
  const port = await freePort();
  const child = spawn(file, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const isUp = await waitFor(() => fetch(url).then(() => true, () => undefined), startMs);
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  if (!isUp) await stop();
  if (!isUp) throw new Error(`stripe-mock did not answer within ${startMs} ms.`);
  return { url, [Symbol.asyncDispose]: stop };
}

/** Sends it a request that the simulator was sent. The answer says what is wrong with it, or is empty. */
export async function objectionOf(mock: StripeMock, { method, path, params, version }: Pick<NotedRequest, 'method' | 'path' | 'params' | 'version'>): Promise<string> {
  const form = new URLSearchParams(fieldsOf(params as Form)).toString();
  const isPost = method === 'POST';
  const response = await fetch(`${mock.url}${path}${isPost || form === '' ? '' : `?${form}`}`, {
    method, headers: { authorization: 'Bearer sk_test_123', ...(version !== null && { 'stripe-version': version }), ...(isPost && { 'content-type': 'application/x-www-form-urlencoded' }) }, ...(isPost && { body: form }),
  });
  const said = await response.text();
  return response.ok ? '' : `${method} ${path} ${form}: ${response.status} ${said}`;
}

function fieldsOf(value: FormValue, name = ''): [string, string][] {
  if (typeof value === 'string') return [[name, value]];
  return Object.entries(value).flatMap(([inner, one]) => fieldsOf(one, name === '' ? inner : `${name}[${inner}]`));
}
