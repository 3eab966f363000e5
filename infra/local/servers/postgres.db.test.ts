import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from './postgres.js';
import type { LocalServer } from './server.js';
import { envWithoutServers, isGone, temporaryFolder } from './server-fixture.js';
import { waitFor } from './wait-for.js';

const WRITERS = 4;
const ROWS_BEFORE_KILL = 200;
const env = envWithoutServers();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** One as tests throw it away, for all who only look at it. */
let thrown: LocalServer;
const thrownOptions = () => ({ dataDir: join(folder.path, 'thrown'), env, durable: false });

beforeAll(async () => {
  folder = await temporaryFolder();
  thrown = await startPostgres(thrownOptions());
});
afterAll(async () => {
  await thrown?.close();
  await folder.remove();
});

async function query<R extends object>(url: string, text: string, values: unknown[] = []): Promise<R[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Writes rows until the connection breaks; the ids are those that the server acknowledged. */
async function writeUntilBroken(url: string, next: () => number, acknowledged: number[]): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (;;) {
      const id = next();
      await client.query('insert into kept values ($1)', [id]);
      acknowledged.push(id);
    }
  } catch {
    await client.end().catch(() => undefined);
  }
}

test('acknowledged rows are there after kill -9, at the same port, twice', async () => {
  const options = { dataDir: join(folder.path, 'killed'), env, durable: true };
  let server: LocalServer = await startPostgres(options);
  const { url } = server;
  await query(url, 'create table kept (id integer primary key)');
  let id = 0;
  const acknowledged: number[] = [];
  for (let round = 1; round <= 2; round++) {
    const before = acknowledged.length;
    const writers = Array.from({ length: WRITERS }, () => writeUntilBroken(url, () => id++, acknowledged));
    await waitFor(async () => acknowledged.length - before >= ROWS_BEFORE_KILL || undefined, 20_000);
    process.kill(Number(server.pid), 'SIGKILL');
    await Promise.all(writers);
    await server.close();
    server = await startPostgres(options);
    expect(server.url).toBe(url);
    const kept = new Set((await query<{ id: number }>(url, 'select id from kept')).map((row) => row.id));
    expect(acknowledged.filter((each) => !kept.has(each))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(2 * ROWS_BEFORE_KILL);
  await server.close();
}, 120_000);

test('what is acknowledged is on the disk, and what tests throw away is not waited for', async () => {
  const kept = await startPostgres({ ...thrownOptions(), dataDir: join(folder.path, 'kept'), durable: true });
  for (const [server, durable] of [[kept, true], [thrown, false]] as const) {
    const rows = await query(server.url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('max_connections') as connections, current_setting('shared_buffers') as buffers,
              current_setting('scram_iterations') as rounds, (select split_part(rolpassword, ':', 1) from pg_authid where rolname = current_user) as password`);
    const switched = durable ? 'on' : 'off';
    const rounds = durable ? '4096' : '1';
    expect(rows).toEqual([{ fsync: switched, commit: switched, connections: '300', buffers: '128MB', rounds, password: `SCRAM-SHA-256$${rounds}` }]);
  }
  await kept.close();
}, 60_000);

test('only its password opens it, and only we can read the password', async () => {
  const wrong = thrown.url.replace(/:[^:@/]+@/, ':wrong@');
  await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect((await stat(join(thrownOptions().dataDir, 'postgres/password'))).mode & 0o777).toBe(0o600);
});

test('text is UTF-8 and sorted by code point', async () => {
  const [row] = await query<{ encoding: string; sorted: string; lower: string }>(thrown.url,
    `select current_setting('server_encoding') as encoding, lower('ÅSA') as lower,
            (select string_agg(word, ' ' order by word) from unnest(array['b', 'a', 'B', 'å', 'ঢ']) as word) as sorted`);
  expect(row).toEqual({ encoding: 'UTF8', lower: 'åsa', sorted: 'B a b å ঢ' });
});

test('a process id left behind by a kill, that another program has now, does not stop the start', async () => {
  const options = { dataDir: join(folder.path, 'stale'), env, durable: true };
  const first = await startPostgres(options);
  process.kill(Number(first.pid), 'SIGKILL');
  await first.close();
  const pidFile = join(options.dataDir, 'postgres/cluster/postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
  const second = await startPostgres(options);
  expect(second.version).toMatch(/^18\./);
  await second.close();
}, 60_000);

test('two starts on one folder are refused in one sentence', async () => {
  await expect(startPostgres(thrownOptions())).rejects.toMatchObject({ name: 'LocalServerError', message: expect.stringMatching(/already runs.*stop that start first\.$/) });
}, 60_000);

test('a busy port that was asked for is refused in one sentence', async () => {
  const port = Number(new URL(thrown.url).port);
  await expect(startPostgres({ ...thrownOptions(), dataDir: join(folder.path, 'busy'), port })).rejects.toThrow(`Port ${port} is busy`);
}, 60_000);

test('DATABASE_URL is used as it is, its version said, and left running', async () => {
  const given = await startPostgres({ ...thrownOptions(), dataDir: join(folder.path, 'unused'), env: { ...env, DATABASE_URL: thrown.url } });
  expect(given).toMatchObject({ url: thrown.url, version: thrown.version, source: 'DATABASE_URL' });
  expect(given.pid).toBeUndefined();
  await given.close();
  expect(await query(thrown.url, 'select 1 as one')).toEqual([{ one: 1 }]);
}, 60_000);

test('a DATABASE_URL where nothing answers is refused in one sentence', async () => {
  const start = startPostgres({ dataDir: folder.path, env: { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, durable: false });
  await expect(start).rejects.toMatchObject({ name: 'LocalServerError', message: expect.stringContaining('No Postgres answers at DATABASE_URL') });
});

test.runIf(process.getuid?.() === 0)('as root, it keeps data also below a folder that nobody can enter', async () => {
  const closed = await temporaryFolder();
  await chmod(closed.path, 0o700);
  const options = { dataDir: join(closed.path, 'checkout/.data'), env, durable: true };
  await mkdir(options.dataDir, { recursive: true });
  const first = await startPostgres(options);
  await query(first.url, 'create table kept as select 1 as id');
  await first.close();
  const second = await startPostgres(options);
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }]);
  await second.close();
  // The data folder was emptied: the data that lies elsewhere is gone with it, and what is thrown away leaves nothing.
  await closed.remove();
  await mkdir(options.dataDir, { recursive: true });
  const third = await startPostgres({ ...options, durable: false });
  expect(await query(third.url, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
  const [place] = await query<{ folder: string }>(third.url, `select current_setting('data_directory') as folder`);
  await third.close();
  await expect(stat(String(place?.folder))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await isGone(Number(third.pid))).toBe(true);
  await closed.remove();
}, 60_000);
