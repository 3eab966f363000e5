import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composed, serveFixture, type ServedFixture } from './testing/fixture-subgraphs.js';
import { fixtureMarketplace } from './testing/fixture-marketplace.js';

const main = fileURLToPath(new URL('main.js', import.meta.url));
const readyMsMax = 5_000;

describe('the gateway alone', () => {
  const definitions = fixtureMarketplace();
  let folder: string;
  let file: string;
  let served: ServedFixture[];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haat-gateway-'));
    file = join(folder, 'supergraph.graphql');
    served = await Promise.all(definitions.map((definition) => serveFixture(definition)));
  });
  afterAll(async () => {
    children.forEach((child) => child.kill('SIGKILL'));
    await Promise.all(served.map((fixture) => fixture.close()));
    await rm(folder, { recursive: true });
  });

  it('serves any supergraph file, ready within five seconds, with one address from the file and one from the environment', async () => {
    await writeFile(file, composed(definitions, new Map([['catalog', served[0]?.url ?? ''], ['stock', 'http://127.0.0.1:1/graphql']])));
    const startedAt = performance.now();
    const child = start({ SUPERGRAPH: file, PORT: '0', SUBGRAPH_STOCK_URL: served[1]?.url ?? '', KNOWN_OPERATIONS_ONLY: 'false' });
    const url = /at (http:\S+\/graphql)/.exec(await firstLine(child))?.[1] ?? '';
    expect((await fetch(new URL('/ready', url))).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(readyMsMax);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query": "{ product(id: \\"p1\\") { title available } }"}' });
    expect(await response.json()).toMatchObject({ data: { product: { title: 'Nakshi kantha', available: 10 } } });
    expect((await fetch(new URL('/graphiql', url))).status).toBe(404);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  it('runs, in production and unless told otherwise, only what a client of ours registered', async () => {
    await writeFile(file, composed(definitions, new Map([['catalog', served[0]?.url ?? ''], ['stock', served[1]?.url ?? '']])));
    const text = '{ warehouses }';
    const id = createHash('sha256').update(text).digest('hex');
    const lists = join(folder, 'operations');
    await mkdir(lists);
    await writeFile(join(lists, 'shop.json'), JSON.stringify({ client: 'shop', operations: { [id]: { name: 'Warehouses', text } } }));
    const child = start({ SUPERGRAPH: file, PORT: '0', OPERATIONS: lists });
    const url = /at (http:\S+\/graphql)/.exec(await firstLine(child))?.[1] ?? '';
    const ask = async (body: object) => (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
    expect(await ask({ query: text })).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_NOT_ALLOWED' } }] });
    expect(await ask({ id })).toMatchObject({ data: { warehouses: ['Dhaka'] } });
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  it.each([
    ['no file is named', {}, 'SUPERGRAPH'],
    ['the file is not there', { SUPERGRAPH: '/nowhere/supergraph.graphql' }, 'cannot be read (ENOENT)'],
    ['a subgraph has no address', { SUPERGRAPH: 'bare' }, 'SUBGRAPH_CATALOG_URL'],
    ['the port is no number', { SUPERGRAPH: 'bare', PORT: 'high' }, 'PORT'],
  ])('says in a sentence what to do when %s', async (_, env: Record<string, string>, sentence) => {
    const bare = join(folder, 'bare.graphql');
    await writeFile(bare, composed(definitions));
    const child = start({ PORT: '0', ...env, ...(env['SUPERGRAPH'] === 'bare' && { SUPERGRAPH: bare }) });
    const said = (await child.stderr?.toArray() ?? []).join('');
    expect(await ended(child)).toBe(1);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(/^\s+at |node_modules/m);
  });

  function start(env: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], NODE_ENV: 'production', HAAT_LOG: 'silent', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  }
});

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const part of child.stdout ?? []) return String(part);
  throw new Error(`The gateway ended: ${(await child.stderr?.toArray() ?? []).join('')}`);
}

function ended(child: ChildProcess): Promise<number | null> {
  return child.exitCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.once('exit', resolve));
}
