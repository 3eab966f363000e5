import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks, in milliseconds, where nothing else is said. */
const lookEveryMs = 20;

/**
 * Waits until `condition` answers something true, and answers that. What it throws counts as not yet.
 * @throws Error with the last thing it threw or answered, when `limitMs` have passed.
 */
export async function eventually<T>(condition: () => T | Promise<T>, limitMs = 10_000, everyMs = lookEveryMs): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    let last: unknown;
    try {
      const answer = await condition();
      if (answer) return answer as Exclude<T, undefined | null | false | 0 | ''>;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > endsAt) throw new Error(`Not within ${limitMs} ms; last: ${String(last)}`, { cause: last });
    await pause(everyMs);
  }
}
