/** What became of one test. */
export interface TestOutcome {
  /** Source path of its file below the checkout. */
  readonly file: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
}

/** Counts of a whole run. */
export interface TestTotals {
  readonly passed: number;
  /** Failed tests, and besides them every file that could not be loaded, failing hook of a file, and crash. */
  readonly failed: number;
  readonly skipped: number;
}

/** Counts outcomes; `otherFailures` are those that belong to no single test. */
export function totalsOf(outcomes: readonly TestOutcome[], otherFailures: number): TestTotals {
  const count = (state: TestOutcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  return { passed: count('passed'), failed: count('failed') + otherFailures, skipped: count('skipped') };
}

/** The last line of `npm test`: `12 passed, 0 failed`, with the skipped ones when there are any. */
export function totalsLine({ passed, failed, skipped }: TestTotals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A run is good when something passed and nothing failed. */
export function exitCodeOf({ passed, failed }: TestTotals): number {
  return failed === 0 && passed > 0 ? 0 : 1;
}
