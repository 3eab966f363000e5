import { deadlineExceeded } from './refusal.js';

/** Waits for `work`, but no longer than `remainingMs`: then refuses with `DEADLINE_EXCEEDED`. What still runs ends by its own timeouts. */
export async function beforeDeadline<T>(remainingMs: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(deadlineExceeded(what)), remainingMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
