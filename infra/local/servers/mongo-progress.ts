const REPEAT_MS = 10_000;

/** Takes one line of progress, without its line end. */
export type Progress = (line: string) => void;

/** Says that a long step begins, goes on every 10 s, and how long it took. */
export async function sayProgress<T>(progress: Progress, title: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const elapsed = () => `${((performance.now() - startMs) / 1_000).toFixed(1)} s`;
  progress(`MongoDB: ${title} …`);
  const timer = setInterval(() => progress(`MongoDB: ${title}, ${elapsed()} so far`), REPEAT_MS);
  try {
    const done = await work();
    progress(`MongoDB: ${title}, done in ${elapsed()}`);
    return done;
  } finally {
    clearInterval(timer);
  }
}
