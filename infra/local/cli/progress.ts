/** Prints one line per step, each with the seconds since the first. */
export function printProgress(): (step: string) => void {
  const startedMs = performance.now();
  return (step) => console.log(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${step}`);
}
