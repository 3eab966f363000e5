/** Every choice of a run, drawn from one seed: the same seed draws the same, on every machine (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 0x9e37_79b9) | 0;
  }

  /** From 0, below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True as often as said: 0 never, 1 always. */
  chance(often: number): boolean {
    return often > 0 && this.next() < often;
  }

  /** One of some; throws where there are none. */
  pick<T>(all: readonly T[]): T {
    const one = all[this.whole(0, all.length - 1)];
    if (one === undefined) throw new Error('Nothing to choose from.');
    return one;
  }
}
