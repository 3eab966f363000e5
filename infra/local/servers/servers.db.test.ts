import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPortFree } from './free-port.js';
import { startServers } from './servers.js';
import { envWithoutServers, isGone, temporaryFolder } from './server-fixture.js';

const START_LIMIT_MS = 240_000;
const env = envWithoutServers();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => { folder = await temporaryFolder(); });
afterAll(() => folder.remove());

test('the wanted servers start together, say what they are, and all stop', async () => {
  const servers = await startServers({ dataDir: join(folder.path, 'all'), env, durable: false, want: ['postgres', 'nats', 'mail'], users: [] });
  expect(servers.mongo).toBeUndefined();
  const started = [servers.postgres, servers.nats, servers.mail];
  for (const server of started) {
    expect(server).toMatchObject({ url: expect.any(String), version: expect.stringMatching(/^\d+\.\d+/), source: expect.stringMatching(/./) });
  }
  await servers.close();
  for (const server of started) expect(await isGone(Number(server?.pid))).toBe(true);
}, START_LIMIT_MS);

test('when one cannot be had, the others are stopped and one sentence says what to do', async () => {
  const dataDir = join(folder.path, 'one-missing');
  const start = startServers({ dataDir, env: { ...env, DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, durable: false, want: ['postgres', 'nats', 'mail'], users: [] });
  await expect(start).rejects.toMatchObject({ name: 'LocalServerError', message: expect.stringMatching(/^[^\n]*DATABASE_URL[^\n]*\.$/) });
  for (const file of ['nats/port', 'mail/port']) {
    expect(await isPortFree(Number(await readFile(join(dataDir, file), 'utf8')))).toBe(true);
  }
}, START_LIMIT_MS);

test('a data folder that cannot be written is said in one sentence', async () => {
  const file = join(folder.path, 'file');
  await writeFile(file, '');
  const start = startServers({ dataDir: join(file, 'data'), env, durable: false, want: ['mail'], users: [] });
  await expect(start).rejects.toMatchObject({ name: 'LocalServerError', message: expect.stringMatching(/^[^\n]*data folder[^\n]*\.$/) });
});
