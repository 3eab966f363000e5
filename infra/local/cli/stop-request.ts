import { killTools } from './kill-tools.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm, the shell and the terminal each pass the same Ctrl-C on; those within this time are one. */
const SAME_REQUEST_MS = 1_000;

/** How a run learns that it shall end. */
export interface StopRequest {
  /** Resolves at the first signal, or when the process that started us has gone. */
  readonly made: Promise<void>;
  isMade(): boolean;
}

/** Listens for signals. A second Ctrl-C, a second later, ends the process at once; its servers end with it. */
export function listenForStop(): StopRequest {
  let madeAtMs: number | undefined;
  const made = new Promise<void>((resolve) => {
    const onStop = () => {
      if (madeAtMs !== undefined && performance.now() - madeAtMs > SAME_REQUEST_MS) endNow();
      madeAtMs ??= performance.now();
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, onStop);
    process.on('disconnect', onStop);
  });
  return { made, isMade: () => madeAtMs !== undefined };
}

function endNow(): never {
  killTools();
  process.exit(130);
}
