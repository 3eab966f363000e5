/** How often a mail is begun before it is given up: with the pauses below that is most of a day. */
export const attemptsMax = 24;

const leastMs = 5_000;
const mostMs = 3_600_000;

/** A pause is longer by up to this part of itself, so that mails that failed together do not all come back together. */
const jitter = 0.2;

/** How long to wait after the n-th attempt, n from 1, in milliseconds: doubles from 5 s to an hour. `random` is 0 to 1. */
export function backOffMs(attempts: number, random: number): number {
  const ms = Math.min(mostMs, leastMs * 2 ** Math.min(attempts - 1, 30));
  return Math.round(ms * (1 + jitter * random));
}
