/** Where the time comes from. Injected, so that tests can move it; never `Date.now()` in a verb. */
export interface Clock {
  /** The present moment. */
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
