import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fixedId } from '@haat/kit/id';
import { Pool } from 'undici';
import { benchBroker, type BenchBroker, type BrokerAccess } from './bench/bench-broker.js';
import { benchDoor } from './bench/bench-door.js';
import { startChild } from './bench/child.js';
import { memoryOf } from './bench/cpu.js';
import { fillShop } from './bench/fill-shop.js';
import { load, median, type LoadFigures, type LoadOptions } from './bench/load.js';
import { chosenScenarios, readScenarios } from './bench/read-scenarios.js';
import { failWithSentence } from './cli/fail-with-sentence.js';
import { root } from './cli/root.js';

/** Requests under way at once, and runs of which the middle one counts. */
const usualConnections = 16;
const runs = 3;

/** One machine asks what thousands of people would: what limits each of them must not limit it. */
const many = '1000000000';
const unlimited = { RATE_ADDRESS_PER_SECOND: many, RATE_TENANT_PER_SECOND: many, RATE_VIEWER_PER_SECOND: many, LIVE_CONNECTIONS_PER_VIEWER: many, LIVE_CONNECTIONS_PER_ADDRESS: many, CONNECTIONS_PER_ADDRESS: many };

interface Served { readonly url: string; readonly postgresUrl: string; readonly access: BrokerAccess; readonly startMs: number; readonly serversMs: number }

bench(process.argv.slice(2)).then(() => process.exit(0), (error: unknown) => failWithSentence(error));

/** Measures what is named, or everything: all figures of one run, beside R of the same run. */
async function bench(words: readonly string[]): Promise<void> {
  const dataDir = join(root, '.data', `bench-${process.pid}`);
  const env = { ...process.env, SIGN_IN_TRIES_PER_ADDRESS: '1000000', SIGN_IN_TRIES_PER_ACCOUNT: '1000000', ...unlimited };
  try {
    await using cold = await startChild<Served>('served.js', [dataDir], env);
    console.log(`first start, programs there: ${seconds(cold.said.startMs)} (servers ${seconds(cold.said.serversMs)})`);
    await cold[Symbol.asyncDispose]();
    await using served = await startChild<Served>('served.js', [dataDir], env);
    console.log(`second start: ${seconds(served.said.startMs)} (servers ${seconds(served.said.serversMs)})`);
    console.log(`memory of our process, idle: ${megabytesOf(served.pid)} MB`);
    await liftPlan(served.said.url);
    await fill(served.said.url, Number(process.env['BENCH_PRODUCTS'] ?? 0));
    await using reference = await startChild<{ url: string }>('reference.js', [], { ...env, BENCH_DATABASE_URL: served.said.postgresUrl });
    const pids = [served.pid, reference.pid];
    const r = await measureReference(reference.said.url, pids);
    console.log(line('', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms', '× R', 'memory MB'));
    print('R', r, r, reference.pid);
    await using broker = await brokerOf(served.said);
    for (const { name, prepare, requests, connections = usualConnections } of chosenScenarios(await readScenarios(), words)) {
      await using door = benchDoor(served.said.url, connections);
      print(name, await measure(await prepare(door, { isTrial: false, broker }), { requests, connections, pids }), r, served.pid);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An import that is measured makes more products than the demonstration's own plan allows. */
async function liftPlan(url: string): Promise<void> {
  await using door = benchDoor(url, 1, 'haat');
  const input = { tenantId: fixedId('ten', 'acme'), planKey: 'SCALE' };
  const { changePlan } = await door.ask<{ changePlan: { __typename: string } }>('mutation Lift($input: ChangePlanInput!) { changePlan(input: $input) { __typename } }', { input }, await door.signIn('platform'));
  if (changePlan.__typename !== 'Tenant') throw new Error(`The plan stayed as it was: ${changePlan.__typename}.`);
}

/** `BENCH_PRODUCTS` more products than the demonstration has, each of two variants, and a collection for each hundred. */
async function fill(url: string, products: number): Promise<void> {
  if (products === 0) return;
  const began = performance.now();
  await using door = benchDoor(url, usualConnections);
  await fillShop(door, { products, collections: Math.ceil(products / 100) });
  console.log(`filled with ${products} products: ${seconds(performance.now() - began)}`);
}

async function brokerOf({ url, access }: Served): Promise<BenchBroker> {
  await using door = benchDoor(url, 1);
  return benchBroker(access, door);
}

async function measureReference(url: string, pids: readonly number[]): Promise<LoadFigures> {
  const pool = new Pool(url, { connections: usualConnections });
  const ask = async (n: number): Promise<void> => {
    const { body } = await pool.request({ path: `/?id=${(n % 1_000) + 1}`, method: 'GET' });
    await body.text();
  };
  const figures = await measure(ask, { requests: 20_000, connections: usualConnections, pids });
  await pool.close();
  return figures;
}

/** A tenth as many first, unmeasured: plans, prepared statements and compiled code are there in a process that serves. */
async function measure(ask: (n: number) => Promise<void>, options: LoadOptions): Promise<LoadFigures> {
  await load(ask, { ...options, requests: Math.ceil(options.requests / 10) });
  const figures: LoadFigures[] = [];
  for (let run = 0; run < runs; run += 1) figures.push(await load(ask, options));
  return median(figures);
}

function print(name: string, figures: LoadFigures, r: LoadFigures, pid: number): void {
  const { requestsPerSecond, p50Ms, p99Ms, cpuMs, byProgram } = figures;
  console.log(line(name, requestsPerSecond.toFixed(0), p50Ms.toFixed(1), p99Ms.toFixed(1), cpuMs.toFixed(3), (cpuMs / r.cpuMs).toFixed(1), megabytesOf(pid)));
  console.log(`  ${byProgram.map(([program, ms]) => `${program === 'MainThread' ? 'node' : program} ${ms.toFixed(2)} ms`).join(', ')}`);
}

/** What a process holds of the machine's memory. */
function megabytesOf(pid: number): string {
  return (memoryOf(pid) / 2 ** 20).toFixed(0);
}

function line(name: string, ...figures: readonly string[]): string {
  return `${name.padEnd(28)}${figures.map((figure) => figure.padStart(11)).join('')}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
