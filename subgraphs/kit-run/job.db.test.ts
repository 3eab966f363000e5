import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { EntityManager } from 'typeorm';
import { systemClock } from '@haat/kit/clock';
import type { Job } from '@haat/kit/define';
import { newId } from '@haat/kit/id';
import { runJobs } from './job.js';
import { makeLog } from '@haat/kit/log';
import type { StoreRuntime } from '@haat/kit/store';
import { startTelemetry } from '@haat/kit/telemetry';
import { eventually } from '@haat/kit/testing/eventually';
import { openThings, type ThingStore } from '@haat/kit-postgres/testing/postgres-things';

let store: ThingStore;
let processes: StoreRuntime<EntityManager>[];

beforeAll(async () => {
  store = await openThings();
  processes = [store.runtime, await store.again(), await store.again()];
});
afterAll(() => store[Symbol.asyncDispose]());

function start(runtime: StoreRuntime<EntityManager>, job: Omit<Job, 'name'>, name: string): () => Promise<void> {
  const log = makeLog('testing', 'silent');
  return runJobs({ subgraph: 'things', jobs: [{ name, ...job }], store: runtime, log, scope: { clock: systemClock, log, config: {}, sweep: runtime.sweep, inTenant: () => Promise.reject(new Error('Not here.')) } });
}

it('a job runs again and again, by one of several processes, never twice at once, and goes on when it fails', async () => {
  const name = newId('req');
  const runs: number[] = [];
  let running = 0;
  let most = 0;
  const stops = processes.map((runtime, process) => start(runtime, { everyMs: 5, run: async () => {
    most = Math.max(most, ++running);
    await runtime.sweep('select pg_sleep(0.01)');
    running -= 1;
    runs.push(process);
    if (runs.length === 2) throw new Error('Once.');
  } }, name));
  await eventually(() => runs.length >= 5);
  await Promise.all(stops.map((stop) => stop()));
  expect(most).toBe(1);
  expect(new Set(runs).size).toBe(1);
});

it('[OBS-04] a run is timed, by how it ended', async () => {
  const telemetry = await startTelemetry({ service: 'testing', env: {} });
  onTestFinished(() => telemetry.close());
  let runs = 0;
  const stop = start(store.runtime, { everyMs: 5, run: async () => { if ((runs += 1) === 1) throw new Error('Once.'); } }, 'timed');
  await eventually(async () => {
    const text = await telemetry.metricsText();
    return /haat_job_seconds_count\{subgraph="things",job="timed",outcome="failed"\} 1\n/.test(text) && /haat_job_seconds_count\{subgraph="things",job="timed",outcome="ok"\} [1-9]/.test(text);
  });
  await stop();
});

it('another process takes a job over when its runner stops', async () => {
  const name = newId('req');
  const runs: number[] = [];
  const stops = processes.map((runtime, process) => start(runtime, { everyMs: 5, run: async () => void runs.push(process) }, name));
  await eventually(() => runs.length > 0);
  const first = runs[0] ?? 0;
  await stops[first]?.();
  await eventually(() => runs.some((process) => process !== first));
  await Promise.all(stops.map((stop) => stop()));
});

it('stopping tells a job that runs, and waits until it is done', async () => {
  const began = Promise.withResolvers<void>();
  let isDone = false;
  const stop = start(store.runtime, { everyMs: 60_000, run: async ({ signal }) => {
    began.resolve();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await store.runtime.sweep('select 1');
    isDone = true;
  } }, newId('req'));
  await began.promise;
  await stop();
  expect(isDone).toBe(true);
});

it('a job that lost its lead is told', async () => {
  const told: unknown[] = [];
  const stop = start(store.runtime, { everyMs: 5, run: ({ signal }) => new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      told.push(signal.reason);
      resolve();
    });
  }) }, newId('req'));
  await eventually(async () => (await store.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'things leads' and datname = current_database()`)).length > 0);
  await eventually(() => told.length > 0);
  await stop();
});
