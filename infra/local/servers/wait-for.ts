import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 20;

/** Asks until the answer is no longer undefined; after the limit the answer is undefined. */
export async function waitFor<T>(ask: () => Promise<T | undefined>, limitMs: number): Promise<T | undefined> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > end) return answer;
    await pause(PAUSE_MS);
  }
}
