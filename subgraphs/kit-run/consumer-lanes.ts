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

/** Lets only so many run at once; who waits, waits in order. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

/** So many at once of what has more users: who waits for one of these holds none of the others. */
export function slotsWithin(common: Slots, count: number): Pick<Slots, 'run'> {
  const own = new Slots(count);
  return { run: (work) => own.run(() => common.run(work)) };
}
