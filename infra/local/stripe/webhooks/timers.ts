/** Things that are due later; none of them comes after the end. */
export class Timers {
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();
  readonly #end = new AbortController();

  get isStopped(): boolean {
    return this.#end.signal.aborted;
  }

  /** Aborted at the end. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Does something after a time, in milliseconds. */
  after(ms: number, work: () => void): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      work();
    }, ms);
    this.#waiting.set(timer, () => undefined);
  }

  /** Waits for a time, in milliseconds, or for the end. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.isStopped) return resolve();
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        resolve();
      }, ms);
      this.#waiting.set(timer, resolve);
    });
  }

  /** Ends: whoever waits goes on, and nothing else begins. */
  stop(): void {
    this.#end.abort();
    for (const [timer, goOn] of this.#waiting) {
      clearTimeout(timer);
      goOn();
    }
    this.#waiting.clear();
  }
}
