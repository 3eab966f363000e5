/** How long whoever asks the provider has it for itself, in seconds. */
export const claimSeconds = 30;

/** The longest pause between two tries, in seconds. */
const pauseSecondsMax = 300;

/** How long to wait after so many tries, in seconds: doubles each time. */
export function pauseSeconds(tries: number): number {
  return Math.min(2 ** Math.min(tries, 20), pauseSecondsMax);
}

/** So many seconds after a moment. */
export function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
