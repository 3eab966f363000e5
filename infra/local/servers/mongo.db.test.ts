import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, expect, test } from 'vitest';
import { freePort } from './free-port.js';
import { mongodDownloaded } from './mongod-downloaded.js';
import { pingMongo } from './mongo-ping.js';
import { startMongo } from './mongo.js';
import type { LocalServer, ServerOptions } from './server.js';
import { waitFor } from './wait-for.js';

const MADE_LIMIT_MS = 10 * 60_000; // The programs may have to be fetched and built first.
const GONE_LIMIT_MS = 25_000;
const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('what was acknowledged survives a kill of every server process', async () => {
  const options = await givenOptions({ durable: true });
  const server = await started(options);
  const acknowledged = await killedWhileWriting(server, options.dataDir);
  const again = await started(options);
  await withClient(again.url, async (client) => {
    const kept = new Set((await client.db('kill').collection<Row>('rows').find().toArray()).map((row) => row._id));
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    await expect(client.db('kill').collection<Row>('rows').insertOne({ _id: 'another', place: 0 })).rejects.toThrow();
  });
}, MADE_LIMIT_MS);

test('a server ends with its parent, also when the parent is killed', async () => {
  const { dataDir } = await givenOptions();
  const script = `
    const { startMongo } = await import(${JSON.stringify(import.meta.resolve('./mongo.js'))});
    const server = await startMongo({ dataDir: ${JSON.stringify(dataDir)}, env: { ...process.env, MONGO_URL: '' }, durable: false });
    console.log(server.url);
    setInterval(() => {}, 1_000);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(parent.stdout, 'data');
  expect(String(said)).toContain('mongodb://');
  expect(await serverProcesses(dataDir)).not.toEqual([]);
  parent.kill('SIGKILL');
  expect(await waitFor(async () => ((await serverProcesses(dataDir)).length === 0 ? 'gone' : undefined), GONE_LIMIT_MS)).toBe('gone');
}, MADE_LIMIT_MS);

test('the URL in the environment is used as it is and left running', async () => {
  const url = process.env['HAAT_TEST_MONGO_URL'] ?? '';
  const given = await startMongo(await givenOptions({ env: { MONGO_URL: url } }));
  await given.close();
  const after = await pingMongo(url, 5_000);
  expect(after).toBeDefined();
  expect(given).toMatchObject({ url, source: 'MONGO_URL', version: after?.version });
});

test('a URL where nothing answers is said in one sentence, without its password', async () => {
  const options = await givenOptions({ env: { MONGO_URL: `mongodb://haat:secret@127.0.0.1:${await freePort()}/` } });
  const said = await startMongo(options).then(String, (error: Error) => error.message);
  expect(said).toMatch(/^No MongoDB answers at MONGO_URL \(mongodb:\/\/127\.0\.0\.1:\d+\/\): start it, .*\.$/);
});

test('a second start fetches and builds nothing, and finds its data at the same address', async () => {
  const options = await givenOptions({ durable: true });
  const first = await started(options);
  await withClient(first.url, (client) => client.db('warm').collection('rows').insertOne({ kept: true }));
  await first.close();
  const said: string[] = [];
  const second = await started({ ...options, progress: (line) => said.push(line) });
  expect(said).toEqual([]);
  expect(second.url).toBe(first.url);
  expect(await withClient(second.url, (client) => client.db('warm').collection('rows').countDocuments({ kept: true }))).toBe(1);
}, MADE_LIMIT_MS);

test('a machine without the tools is told all that it lacks, and what else would do', async () => {
  const bare = await givenFolder();
  const options = await givenOptions({ cacheDir: bare, env: { PATH: bare, MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${await freePort()}` } });
  const said = await startMongo(options).then(String, (error: Error) => error.message);
  expect(said).toMatch(/^No MongoDB .* without unshare, cp, env, apt-get, dpkg-deb: set MONGO_URL, install mongod .*\.$/);
});

test('a download that does not answer is given up within five seconds', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  undo.push(async () => void silent.close());
  const address = silent.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const options = await givenOptions({ cacheDir: await givenFolder(), env: { MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}` } });
  const startMs = performance.now();
  expect(await mongodDownloaded(options)).toBeUndefined();
  expect(performance.now() - startMs).toBeLessThan(7_000);
});

interface Row {
  _id: string;
  place: number;
}

/** Ids whose insert was acknowledged by the time everything was killed in the middle of the writing. */
async function killedWhileWriting(server: LocalServer, dataDir: string): Promise<string[]> {
  const acknowledged: string[] = [];
  await withClient(server.url, async (client) => {
    const rows = client.db('kill').collection<Row>('rows');
    await rows.createIndex({ place: 1 }, { unique: true });
    let place = 0;
    const write = async () => {
      for (;;) {
        const row = { _id: `row-${place}`, place: place++ };
        await rows.insertOne(row);
        acknowledged.push(row._id);
      }
    };
    const writers = Promise.allSettled(Array.from({ length: 8 }, write));
    await waitFor(async () => (acknowledged.length > 200 ? true : undefined), GONE_LIMIT_MS);
    for (const pid of await serverProcesses(dataDir)) process.kill(pid, 'SIGKILL');
    await writers;
  });
  return acknowledged;
}

/** Every process of the server on this data: by its command line, or by the folder that it takes for its file system. */
async function serverProcesses(dataDir: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const marks = await Promise.all(
    pids.map(async (pid) => `${await readlink(`/proc/${pid}/root`).catch(() => '')} ${await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')}`),
  );
  return pids.map(Number).filter((pid, index) => pid !== process.pid && marks[index]?.includes(join(dataDir, '')) && !marks[index].includes('--input-type'));
}

async function givenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'haat-mongo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function givenOptions(some: Partial<ServerOptions> = {}): Promise<ServerOptions> {
  return { dataDir: await givenFolder(), durable: false, ...some, env: { ...process.env, MONGO_URL: '', ...some.env } };
}

async function started(options: ServerOptions): Promise<LocalServer> {
  const server = await startMongo(options);
  undo.push(() => server.close());
  return server;
}

async function withClient<T>(url: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2_000 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
