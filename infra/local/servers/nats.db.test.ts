import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, StringCodec, type ConnectionOptions, type NatsConnection } from 'nats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { natsAddress } from './nats-address.js';
import { natsInboxPrefix, type NatsUser } from './nats-config.js';
import { reconfigureNats, startNats, type NatsServer } from './nats.js';
import { envWithoutServers, temporaryFolder } from './server-fixture.js';
import { waitFor } from './wait-for.js';

const MESSAGES_BEFORE_KILL = 200;
const START_LIMIT_MS = 240_000;
const WAIT_LIMIT_MS = 10_000;
// What is asked while the client looks for the server is lost; asking again soon is quicker than waiting.
const ANSWER_LIMIT_MS = 500;
const env = envWithoutServers();
const text = StringCodec();
const USERS: NatsUser[] = [
  { name: 'orders', password: 'secret of orders', publish: ['orders.>', 'ask.stock'], subscribe: ['stock.>'] },
  { name: 'stock', password: 'secret/of@stock', publish: ['stock.>'], subscribe: ['ask.stock'] },
  { name: 'silent', password: 'secret', publish: [], subscribe: [] },
];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let shared: NatsServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  shared = await startNats({ dataDir: join(folder.path, 'shared'), env, durable: false, users: USERS });
}, START_LIMIT_MS);
afterAll(async () => {
  await shared.close();
  await folder.remove();
});

function connectAs(server: NatsServer, user: string, more: ConnectionOptions = {}): Promise<NatsConnection> {
  return connect({ ...natsAddress(server.urlFor(user)), inboxPrefix: natsInboxPrefix(user), ...more });
}

/** What the server refused this connection while it did something. */
async function refusals(connection: NatsConnection, act: () => void): Promise<string[]> {
  const refused: string[] = [];
  void (async () => {
    for await (const status of connection.status()) refused.push(JSON.stringify(status.permissionContext ?? status.data));
  })();
  act();
  await connection.flush();
  await waitFor(async () => refused.length > 0 || undefined, WAIT_LIMIT_MS);
  return refused;
}

test('a user publishes to its own subjects and to no other', async () => {
  const stock = await connectAs(shared, 'stock');
  const heard: string[] = [];
  const orders = await connectAs(shared, 'orders');
  orders.subscribe('stock.>', { callback: (_, message) => heard.push(message.subject) });
  await orders.flush();
  stock.publish('stock.changed');
  expect(await waitFor(async () => heard[0], WAIT_LIMIT_MS)).toBe('stock.changed');
  const refused = await refusals(orders, () => orders.publish('stock.changed'));
  expect(refused).toEqual([expect.stringContaining('stock.changed')]);
  expect(heard).toEqual(['stock.changed']);
  await Promise.all([stock.close(), orders.close()]);
});

test("a user hears neither another's inbox nor another's subjects", async () => {
  const orders = await connectAs(shared, 'orders');
  for (const subject of ['_INBOX_stock.>', '_INBOX.>', 'ask.stock', '>']) {
    const refused = await refusals(orders, () => orders.subscribe(subject, { callback: () => undefined }));
    expect(refused).toContainEqual(expect.stringContaining(subject));
  }
  await orders.close();
});

test('a user that may publish nothing publishes nothing, and still answers those that ask it', async () => {
  await reconfigureNats(shared, [...USERS.slice(0, 2), { name: 'silent', password: 'secret', publish: [], subscribe: ['ask.silent'] }, { name: 'asker', password: 'a', publish: ['ask.silent'], subscribe: [] }]);
  const silent = await connectAs(shared, 'silent');
  const asker = await connectAs(shared, 'asker');
  silent.subscribe('ask.silent', { callback: (_, message) => void message.respond(text.encode('answer')) });
  await silent.flush();
  const answer = await asker.request('ask.silent', undefined, { timeout: WAIT_LIMIT_MS });
  expect(text.decode(answer.data)).toBe('answer');
  expect(await refusals(silent, () => silent.publish('anything'))).toEqual([expect.stringContaining('anything')]);
  await Promise.all([silent.close(), asker.close()]);
  await reconfigureNats(shared, USERS);
});

test('new users are let in and old ones no more, while others stay connected', async () => {
  const orders = await connectAs(shared, 'orders', { reconnect: false });
  const before = shared.urlFor('silent');
  await reconfigureNats(shared, [...USERS.slice(0, 2), { name: 'prices', password: 'p', publish: ['prices.>'], subscribe: [] }]);
  const prices = await connectAs(shared, 'prices');
  await prices.close();
  await expect(connect(natsAddress(before))).rejects.toMatchObject({ code: 'AUTHORIZATION_VIOLATION' });
  await orders.flush();
  expect(orders.isClosed()).toBe(false);
  await orders.close();
  await reconfigureNats(shared, USERS);
});

test('nobody without a password gets in, and only we can read the passwords', async () => {
  await expect(connect({ servers: natsAddress(shared.url).servers })).rejects.toMatchObject({ code: 'AUTHORIZATION_VIOLATION' });
  const config = join(folder.path, 'shared/nats/nats.conf');
  expect((await stat(config)).mode & 0o777).toBe(0o600);
  expect(await readFile(config, 'utf8')).toContain('secret of orders');
});

test('acknowledged messages are there after kill -9, and clients find the server again, twice', async () => {
  const options = { dataDir: join(folder.path, 'killed'), env, durable: true, users: USERS };
  let server = await startNats(options);
  const { url } = server;
  const connection = await connect({ ...natsAddress(url), maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  const manager = await connection.jetstreamManager();
  await manager.streams.add({ name: 'kept', subjects: ['kept.>'] });
  let id = 0;
  const acknowledged: number[] = [];
  for (let round = 1; round <= 2; round++) {
    const before = acknowledged.length;
    const writing = publishUntilRefused(connection, () => id++, acknowledged);
    await waitFor(async () => acknowledged.length - before >= MESSAGES_BEFORE_KILL || undefined, WAIT_LIMIT_MS);
    process.kill(Number(server.pid), 'SIGKILL');
    await writing;
    await server.close();
    server = await startNats(options);
    expect(server.url).toBe(url);
    const kept = await messagesOf(connection);
    expect(acknowledged.filter((each) => !kept.has(each))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(2 * MESSAGES_BEFORE_KILL);
  await connection.close();
  await server.close();
}, 120_000);

async function publishUntilRefused(connection: NatsConnection, next: () => number, acknowledged: number[]): Promise<void> {
  const stream = connection.jetstream({ timeout: ANSWER_LIMIT_MS });
  try {
    for (;;) {
      const id = next();
      await stream.publish(`kept.${id}`);
      acknowledged.push(id);
    }
  } catch {
    // The server is gone; what it had not acknowledged may or may not be there.
  }
}

async function messagesOf(connection: NatsConnection): Promise<Set<number>> {
  const found = await waitFor(async () => connection.jetstreamManager({ timeout: ANSWER_LIMIT_MS }).then((manager) => manager.streams.info('kept', { subjects_filter: '>' })).catch(() => undefined), WAIT_LIMIT_MS);
  return new Set(Object.keys(found?.state.subjects ?? {}).map((subject) => Number(subject.split('.')[1])));
}

test('NATS_URL is used as it is, its version said, and left running', async () => {
  const given = await startNats({ dataDir: join(folder.path, 'unused'), env: { ...env, NATS_URL: shared.url }, durable: false, users: USERS });
  expect(given).toMatchObject({ url: shared.url, version: shared.version, source: 'NATS_URL' });
  expect(given.urlFor('orders')).toBe(shared.url);
  await given.close();
  await (await connectAs(shared, 'orders')).close();
});

test('a NATS_URL where nothing answers is refused in one sentence', async () => {
  const start = startNats({ dataDir: folder.path, env: { NATS_URL: 'nats://127.0.0.1:1' }, durable: false, users: [] });
  await expect(start).rejects.toMatchObject({ name: 'LocalServerError', message: expect.stringContaining('No NATS server answers at NATS_URL') });
});

test('a user whose name could reach outside its inbox is refused', async () => {
  const start = startNats({ dataDir: join(folder.path, 'names'), env, durable: false, users: [{ name: '>', password: 'p', publish: [], subscribe: [] }] });
  await expect(start).rejects.toThrow(TypeError);
});
