/** How long whoever asks the provider has it for itself, in seconds. */
export const claimSeconds = 30;

/** The longest pause between two tries, in seconds. */
const pauseSecondsMax = 300;

/** How long to wait after so many tries, in seconds: doubles each time. */
export function pauseSeconds(tries: number): number {
  return Math.min(2 ** Math.min(tries, 20), pauseSecondsMax);
}

/** How often the provider is looked at for whether somebody paid by hand what failed: for about a month. */
export const looksMax = 40;

/** How long until the next such look after so many, in seconds: a minute at first, a day at last. */
export function lookSeconds(looks: number): number {
  return Math.min(60 * 2 ** Math.min(looks, 20), 86_400);
}

/** When a refund that went back is looked at, in seconds from one look to the next: a card's bank may give it back for about a month. */
export const bouncesWithin: readonly number[] = [1, 2, 4, 8, 16].map((days) => days * 86_400);

/** So many seconds after a moment. */
export function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
