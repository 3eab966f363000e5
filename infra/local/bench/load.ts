import { performance } from 'node:perf_hooks';
import { cpuByProgram } from './cpu.js';

/** How much is asked. */
export interface LoadOptions {
  /** Requests under way at the same time. */
  readonly connections: number;
  readonly requests: number;
  /** Whose CPU is counted: processes with all that descend from them. */
  readonly pids: readonly number[];
}

/** What came of it. */
export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of everything of ours, databases included, per request. */
  readonly cpuMs: number;
  /** The same, told apart by program, the dearest first. */
  readonly byProgram: readonly (readonly [program: string, cpuMs: number])[];
}

/** Asks so many times over so many connections, and measures. A request that fails fails the whole run. */
export async function load(ask: (n: number) => Promise<void>, { connections, requests, pids }: LoadOptions): Promise<LoadFigures> {
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < requests) {
      const n = next++;
      const began = performance.now();
      await ask(n);
      times.push(performance.now() - began);
    }
  };
  const before = cpuByProgram(pids);
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - began) / 1_000;
  const after = cpuByProgram(pids);
  const sorted = times.sort((a, b) => a - b);
  return { requestsPerSecond: requests / seconds, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99), cpuMs: (sumOf(after) - sumOf(before)) / requests, byProgram: partsOf(after, before, requests) };
}

function sumOf(byProgram: ReadonlyMap<string, number>): number {
  return [...byProgram.values()].reduce((sum, cpuMs) => sum + cpuMs, 0);
}

function partsOf(after: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>, requests: number): (readonly [string, number])[] {
  return [...after].map(([program, cpuMs]) => [program, (cpuMs - (before.get(program) ?? 0)) / requests] as const).filter(([, cpuMs]) => cpuMs > 0).toSorted((a, b) => b[1] - a[1]);
}

/** The run in the middle by CPU: one of three that something else disturbed is left out. */
export function median(runs: readonly LoadFigures[]): LoadFigures {
  const sorted = runs.toSorted((a, b) => a.cpuMs - b.cpuMs);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('No run to take the median of.');
  return middle;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
