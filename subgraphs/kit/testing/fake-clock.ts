import type { Clock } from '../clock.js';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowMs: number;

  constructor(start: Date | string = '2026-01-01T00:00:00Z') {
    this.#nowMs = new Date(start).getTime();
  }

  /** A new Date each time: changing one changes no other. */
  now(): Date {
    return new Date(this.#nowMs);
  }

  /** Puts the clock to a moment, earlier ones too. */
  set(moment: Date | string): void {
    this.#nowMs = new Date(moment).getTime();
  }

  /** Moves the clock on, in milliseconds; back, where negative. */
  advance(byMs: number): void {
    this.#nowMs += byMs;
  }
}
