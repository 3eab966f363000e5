import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { load, median } from './load.js';

it('asks as often as said, no more at once than said, and measures each', async () => {
  let running = 0;
  let most = 0;
  const asked: number[] = [];
  const figures = await load(async (n) => {
    asked.push(n);
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
  }, { connections: 4, requests: 100, pids: [process.pid] });
  expect(asked).toEqual(Array.from({ length: 100 }, (_, n) => n));
  expect(most).toBe(4);
  expect(figures.p50Ms).toBeGreaterThan(0);
  expect(figures.p99Ms).toBeGreaterThanOrEqual(figures.p50Ms);
});

it('tells the CPU of programs apart', async () => {
  const { cpuMs, byProgram } = await load(async () => { for (const until = performance.now() + 20; performance.now() < until;); }, { connections: 1, requests: 5, pids: [process.pid] });
  expect(byProgram.map(([program]) => program)).toContain(readFileSync('/proc/self/stat', 'utf8').split(/[()]/)[1]);
  expect(byProgram.reduce((sum, [, ms]) => sum + ms, 0)).toBeGreaterThan(cpuMs / 2);
});

it('fails when a request fails', async () => {
  await expect(load(async () => { throw new Error('refused'); }, { connections: 2, requests: 10, pids: [] })).rejects.toThrow('refused');
});

it('takes the middle of the runs by CPU', () => {
  const run = (cpuMs: number) => ({ requestsPerSecond: 1, p50Ms: 1, p99Ms: 1, cpuMs, byProgram: [] });
  expect(median([run(9), run(1), run(2)]).cpuMs).toBe(2);
});
