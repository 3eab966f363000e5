import { setTimeout as wait } from 'node:timers/promises';

/** Waits, or until the signal. Never throws, and keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

/** How long to wait after the n-th failure in a row, n from 1: doubles up to a most, with a random half taken off. */
export function backOffMs(failures: number, { leastMs, mostMs }: { readonly leastMs: number; readonly mostMs: number }): number {
  const fullMs = Math.min(mostMs, leastMs * 2 ** Math.min(failures - 1, 30));
  return fullMs / 2 + (Math.random() * fullMs) / 2;
}

/** Waits that can be cut short. */
export class Bell {
  private ringing: (() => void) | undefined;
  private hasRung = false;

  /** Ends the present wait, or else the next one. */
  readonly ring = (): void => {
    this.hasRung = true;
    this.ringing?.();
  };

  /** Waits for a ring since the last wait, at most so long. Answers whether there was one. */
  async heard(limitMs: number, signal: AbortSignal): Promise<boolean> {
    if (!this.hasRung) {
      const stop = new AbortController();
      this.ringing = () => stop.abort();
      await pause(limitMs, AbortSignal.any([signal, stop.signal]));
      this.ringing = undefined;
    }
    const { hasRung } = this;
    this.hasRung = false;
    return hasRung;
  }
}
