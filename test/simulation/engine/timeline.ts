interface Due {
  readonly atMs: number;
  /** What was put in first comes first, where both are due at once. */
  readonly order: number;
  readonly task: () => void;
}

/** The only clock there is: it jumps to whatever is due next. */
export class Timeline {
  nowMs = 0;
  private order = 0;
  private readonly heap: Due[] = [];

  /** Does something later, by so many virtual milliseconds. */
  after(delayMs: number, task: () => void): void {
    const due = { atMs: this.nowMs + Math.max(0, delayMs), order: this.order++, task };
    let at = this.heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.heap[parent];
      if (!above || !isEarlier(due, above)) break;
      this.heap[at] = above;
      at = parent;
    }
    this.heap[at] = due;
  }

  /** Lets everything happen that is due until then. */
  runUntil(endMs: number): void {
    for (let first = this.heap[0]; first && first.atMs <= endMs; first = this.heap[0]) {
      this.takeFirst();
      this.nowMs = first.atMs;
      first.task();
    }
    this.nowMs = endMs;
  }

  private takeFirst(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const [left, right] = [this.heap[child], this.heap[child + 1]];
      if (!left) break;
      const least = right && isEarlier(right, left) ? right : left;
      if (least === right) child += 1;
      if (!isEarlier(least, last)) break;
      this.heap[at] = least;
      at = child;
    }
    this.heap[at] = last;
  }
}

function isEarlier(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
