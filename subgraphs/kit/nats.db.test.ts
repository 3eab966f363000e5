import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerOverNats } from './ask.js';
import { makeLog } from './log.js';
import { connectNats, natsAddressOf } from './nats.js';
import { eventually } from './testing/eventually.js';
import { testNats, type TestNats } from './testing/nats.js';

describe('A link to the broker', () => {
  let nats: TestNats;

  beforeEach(async () => {
    nats = await testNats();
  });
  afterEach(() => nats?.close());

  test('begins before the broker does, and is told when it is there', async () => {
    await nats.kill();
    await using link = await connectNats({ url: nats.url, name: 'early', log: makeLog('early', 'silent') });
    expect([link.status(), link.connection]).toEqual(['down', undefined]);
    let first = 0;
    link.onConnect(() => void (first += 1));
    await nats.restart();
    await eventually(() => link.status() === 'up');
    expect(first).toBe(1);
  });

  test('says when it was cut and when it is back, and its subscriptions go on', async () => {
    await using link = await nats.link();
    const told: string[] = [];
    link.onCut(() => void told.push('cut'));
    const stop = link.onReconnect(() => void told.push('back'));
    const heard: string[] = [];
    link.onConnect((connection) => void connection.subscribe('greetings', { callback: (_, message) => void heard.push(message.string()) }));
    await nats.restart();
    await eventually(() => told.length === 2 && link.status() === 'up');
    expect(told).toEqual(['cut', 'back']);
    stop();
    link.connection?.publish('greetings', 'hello');
    await eventually(() => heard.includes('hello'));
  });

  test('is down for good once it was closed', async () => {
    const link = await nats.link();
    await link.close();
    expect(link.status()).toBe('down');
    await link.close();
  });
});

describe('Who answers asks over the broker', () => {
  test('answers those that it took before it leaves, and those that wait', async () => {
    await using nats = await testNats();
    const [answering, asking] = [await nats.link(), await nats.link()];
    const [asked, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let count = 0;
    const taken = answerOverNats(answering, 'numbers', async (_, { body }) => {
      if ((count += 1) === 64) asked.resolve();
      await held.promise;
      return body;
    });
    await answering.connection?.flush();
    const replies = Array.from({ length: 70 }, async (_, n) => (await asking.connection?.request('asks.numbers.double.v1', String(n), { timeout: 10_000 }))?.string());
    await asked.promise;
    const left = taken.close().then(() => answering.drain());
    // Asked of nobody: it has told the broker that it takes no more.
    await eventually(() => asking.connection?.request('asks.numbers.double.v1', '', { timeout: 1_000 }).then(() => false, (error: { code?: string }) => error.code === '503'));
    held.resolve();
    expect(await Promise.all(replies)).toEqual(Array.from({ length: 70 }, (_, n) => String(n)));
    await left;
  });

  test('says so where an answer is larger than the broker takes, and goes on', async () => {
    await using nats = await testNats();
    const [answering, asking] = [await nats.link(), await nats.link()];
    answerOverNats(answering, 'numbers', async (_, { body }) => 'x'.repeat(Number(body)));
    await answering.connection?.flush();
    const ask = async (size: number) => (await asking.connection?.request('asks.numbers.double.v1', String(size), { timeout: 5_000 }))?.string();
    for (let n = 0; n < 65; n += 1) expect(JSON.parse((await ask(2_000_000)) ?? '')).toMatchObject({ refusal: { code: 'INTERNAL' } });
    expect(await ask(3)).toBe('xxx');
  });
});

test('a URL with credentials, or several hosts, is told to the client in its own terms', () => {
  expect(natsAddressOf('nats://sub:p%40ss@a:4222,nats://b:4223')).toEqual({ servers: ['a:4222', 'b:4223'], user: 'sub', pass: 'p@ss' });
  expect(natsAddressOf('a:4222')).toEqual({ servers: ['a:4222'] });
});
