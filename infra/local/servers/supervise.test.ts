import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isGone, temporaryFolder } from './server-fixture.js';
import { supervise } from './supervise.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => { folder = await temporaryFolder(); });
afterAll(() => folder.remove());

function shell(script: string) {
  return { name: 'Script', command: '/bin/sh', args: ['-c', script], env: process.env, logFile: join(folder.path, 'log'), stopSignal: 'SIGTERM' as const };
}

test('a program runs until it is stopped, and is gone then', async () => {
  const running = await supervise(shell('exec sleep 600'));
  expect(running.isRunning()).toBe(true);
  await running.stop();
  expect(running.isRunning()).toBe(false);
  expect(await isGone(running.pid)).toBe(true);
});

test('a program that ends by itself is said to have ended, with its last lines', async () => {
  const running = await supervise(shell('echo one; echo "no room" >&2; exit 3'));
  await running.ended;
  expect(running.isRunning()).toBe(false);
  expect(await running.lastLines()).toContain('no room');
  await running.stop();
});

test('a program that is not there is said to have ended', async () => {
  const running = await supervise({ ...shell(''), command: '/nowhere/program' });
  await running.ended;
  expect(await running.lastLines()).toContain('/nowhere/program');
});

test('a program that is killed is said to have ended', async () => {
  const running = await supervise(shell('exec sleep 600'));
  process.kill(running.pid, 'SIGKILL');
  await running.ended;
  expect(running.isRunning()).toBe(false);
});
