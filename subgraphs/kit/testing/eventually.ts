import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks, in milliseconds, where nothing else is said. */
const lookEveryMs = 20;

/** After a look we rest for so many times as long as it took: a dear look, taken all the time, takes the processor from what it waits for. */
const restPerLook = 3;

/** Nobody rests longer than this, in milliseconds, unless it was asked for. */
const restMaxMs = 300;

/**
 * Waits until `condition` answers something true, and answers that. What it throws counts as not yet.
 * @throws Error with the last thing it threw or answered, when `limitMs` have passed.
 */
export async function eventually<T>(condition: () => T | Promise<T>, limitMs = 10_000, everyMs = lookEveryMs): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    let last: unknown;
    const beganAt = performance.now();
    try {
      const answer = await condition();
      if (answer) return answer as Exclude<T, undefined | null | false | 0 | ''>;
      last = answer;
    } catch (error) {
      last = error;
    }
    const now = performance.now();
    if (now > endsAt) throw new Error(`Not within ${limitMs} ms; last: ${String(last)}`, { cause: last });
    await pause(Math.max(everyMs, Math.min((now - beganAt) * restPerLook, restMaxMs)));
  }
}
