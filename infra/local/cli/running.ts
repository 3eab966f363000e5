import { killTools } from './kill-tools.js';

/** What can be stopped. */
export interface Stoppable {
  close(): Promise<void>;
}

/** Longer than any server needs to end well: they are killed after 20 seconds. */
const STOP_LIMIT_MS = 30_000;
/** A part that is still coming up may be in the middle of a download. */
const COMING_UP_LIMIT_MS = 3_000;

/** What a start has brought up so far, and what is still coming up; stopped in reverse order. */
export class Running {
  private readonly parts: { name: string; part: Promise<Stoppable> }[] = [];

  /** Remembers a part from the moment its start begins, so that a stop in between knows of it. */
  async add<T extends Stoppable>(name: string, part: Promise<T>): Promise<T> {
    this.parts.push({ name, part });
    return part;
  }

  /** Drains and stops everything, and says so. What does not stop in time ends with this process. */
  async stop(): Promise<void> {
    if (this.parts.length === 0) return;
    const startedMs = performance.now();
    console.log('stopping …');
    for (const { name, part } of this.parts.reverse()) await stopOne(name, part);
    console.log(`stopped in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  }
}

async function stopOne(name: string, part: Promise<Stoppable>): Promise<void> {
  // One that failed to start has nothing to stop, and its failure is told by whoever started it.
  const started = await within(COMING_UP_LIMIT_MS, part.catch(() => NOTHING));
  if (!started) {
    killTools();
    return console.log(`${name}: still starting, given up`);
  }
  const isStopped = await within(STOP_LIMIT_MS, started.close().then(() => true));
  if (!isStopped) console.log(`${name}: not stopped after ${STOP_LIMIT_MS / 1000} s, ends with this process`);
}

const NOTHING: Stoppable = { close: async () => undefined };

async function within<T>(limitMs: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, limitMs, undefined)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
