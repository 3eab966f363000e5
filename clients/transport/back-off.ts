const leastMs = 300;
const mostMs = 20_000;

/** How long to wait before the n-th try, n from 0: anything up to a limit that doubles, so that many who were cut off together come back apart. */
export function backOffMs(failures: number): number {
  return Math.random() * Math.min(mostMs, leastMs * 2 ** Math.min(failures, 10));
}
