import type { Supervised } from './supervise.js';

const HOLD_MS = 1_000;

/** Stops a program and waits until it is gone, also when nothing else keeps this process from ending: a program under guard does not. */
export async function stopProgram(running: Supervised): Promise<void> {
  const hold = setInterval(() => {}, HOLD_MS);
  try {
    await running.stop();
  } finally {
    clearInterval(hold);
  }
}
