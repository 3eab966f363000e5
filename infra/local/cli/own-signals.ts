const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Answers a function that removes every listener for signals added since: a library's own would end us in the middle of stopping. */
export function rememberSignals(): () => void {
  const ours = new Set(SIGNALS.flatMap((signal) => process.listeners(signal)));
  return () => {
    for (const signal of SIGNALS) {
      for (const listener of process.listeners(signal)) if (!ours.has(listener)) process.off(signal, listener);
    }
  };
}
