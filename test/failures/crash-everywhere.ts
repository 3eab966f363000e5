import { eventually } from '@haat/kit/testing/eventually';
import type { Flow, Scene } from './flow.js';
import { nameOf, type Passing } from './passing.js';

/** How long the process may take to reach a boundary that is part of what is done, in milliseconds. */
const reachMs = 30_000;

/** How often a boundary is looked for: whether the provider's answer or its callback comes first is chance, and what is passed then. */
const triesMax = 4;

/** What a run over the boundaries of a flow found. */
export interface CrashReport {
  /** Every boundary that the flow passes, in order. */
  readonly boundaries: readonly Passing[];
  readonly killedAt: readonly string[];
  /** Boundaries that were listed and not passed when it came to it. */
  readonly unreached: readonly string[];
  /** What broke, and at which boundary the process had died before. */
  readonly broken: readonly string[];
}

/** Which boundaries, and what is looked at how often. */
export interface CrashPlan {
  choose(all: readonly Passing[]): readonly Passing[];
  /** How often the flow is done to list its boundaries: chance decides which of two comes first, and what is passed then. Once where absent. */
  readonly listings?: number;
  /** What broke, in words. Waits until everything is at rest. */
  check(): Promise<readonly string[]>;
  /** After so many crashes, and after the last. */
  readonly checkEvery: number;
}

/** Lists the boundaries of a flow, then kills the process at some of them, one after another on the same data. */
export async function crashEverywhere<S>(flow: Flow<S>, scene: Scene, { choose, listings = 1, check, checkEvery }: CrashPlan): Promise<CrashReport> {
  const all = new Map<string, Passing>();
  for (let n = 0; n < listings; n += 1) for (const passing of await listed(flow, scene)) all.set(nameOf(passing), passing);
  const boundaries = [...all.values()];
  const chosen = choose(boundaries);
  const report = { boundaries, killedAt: [] as string[], unreached: [] as string[], broken: [] as string[] };
  for (const [at, boundary] of chosen.entries()) {
    const hasDied = await crashWithin(triesMax, () => crashAt(flow, scene, boundary, at % 2 === 0)).catch((error: unknown) => void report.broken.push(`${nameOf(boundary)}: ${String(error)}`));
    if (hasDied) report.killedAt.push(nameOf(boundary));
    else report.unreached.push(nameOf(boundary));
    if (scene.shop.isDead()) await scene.shop.startAgain();
    const since = chosen.slice(at - (at % checkEvery), at + 1).map(nameOf).join(', ');
    if ((at + 1) % checkEvery === 0 || at === chosen.length - 1) report.broken.push(...(await check().catch((error: unknown) => [String(error)])).map((what) => `after ${since}: ${what}`));
    // What broke once goes on being broken, and says no more.
    if (report.broken.length > 0) break;
  }
  return report;
}

/** What the flow passes when nothing goes wrong. */
async function listed<S>({ isOtherAtFirst = false, ...flow }: Flow<S>, scene: Scene): Promise<Passing[]> {
  if (isOtherAtFirst) await listed(flow, scene);
  const { shop } = scene;
  const state = await flow.prepare();
  await shop.arm();
  await flow.act(state);
  await flow.settle(state);
  return (await shop.passings()).filter((passing) => flow.isPart(passing));
}

async function crashWithin(tries: number, crash: () => Promise<boolean>): Promise<boolean> {
  return (await crash()) || (tries > 1 && crashWithin(tries - 1, crash));
}

/** Whether it died there. Where it did, everything came to a good end afterwards. */
async function crashAt<S>(flow: Flow<S>, { shop }: Scene, boundary: Passing, isLate: boolean): Promise<boolean> {
  const state = await flow.prepare();
  await shop.arm(boundary);
  const died = shop.died().then(() => true);
  const acting = flow.act(state);
  const done = acting.then(() => eventually(() => shop.isDead(), reachMs)).then(() => true, () => false);
  const hasDied = await Promise.race([died, done]);
  if (hasDied) {
    if (isLate) await flow.passTime?.(state);
    await shop.startAgain();
    if (!isLate) await flow.passTime?.(state);
  }
  await acting;
  await flow.settle(state);
  return hasDied;
}
