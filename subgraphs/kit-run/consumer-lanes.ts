/** Keeps what belongs together in order, and lets the rest go side by side. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();

  /** Does `work` after all that was put under the same key. `work` never throws. */
  put(key: string, work: () => Promise<void>): void {
    const done: Promise<void> = (this.tails.get(key) ?? Promise.resolve()).then(work).finally(() => {
      if (this.tails.get(key) === done) this.tails.delete(key);
    });
    this.tails.set(key, done);
  }

  /** Resolves when nothing is left to do. */
  async empty(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }
}

/** Lets only so many run at once. Who waits, waits in a line, in order; the lines take turns, so that a long one makes nobody of another wait for all of it. */
export class Slots {
  private readonly lines = new Map<string, (() => void)[]>();

  constructor(private free: number) {}

  async run<T>(work: () => Promise<T>, line = ''): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.lineUp(line, resolve));
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private lineUp(line: string, go: () => void): void {
    const waiting = this.lines.get(line);
    if (waiting) waiting.push(go);
    else this.lines.set(line, [go]);
  }

  /** A line whose first goes is the last whose turn it is again. */
  private next(): void {
    const [first] = this.lines;
    if (!first) {
      this.free += 1;
      return;
    }
    const [line, waiting] = first;
    const go = waiting.shift();
    this.lines.delete(line);
    if (waiting.length > 0) this.lines.set(line, waiting);
    go?.();
  }
}

/** So many at once of what has more users: who waits for one of these holds none of the others. */
export function slotsWithin(common: Slots, count: number): Pick<Slots, 'run'> {
  const own = new Slots(count);
  return { run: (work, line) => own.run(() => common.run(work), line) };
}
