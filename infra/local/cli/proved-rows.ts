import type { TestOutcome } from './test-totals.js';

/**
 * The feature rows that a run has proved: named in brackets in the title of a passed test that uses the real thing
 * (`x.db.test.ts`, a journey or a contract), and in the title of no failed one. Ids that are no known row count for nothing.
 */
export function provedRows(outcomes: readonly TestOutcome[], known: ReadonlySet<string>): Set<string> {
  const telling = outcomes.filter((outcome) => canProve(outcome.file));
  const named = (state: TestOutcome['state']) => telling.filter((o) => o.state === state).flatMap((o) => rowsIn(o.title));
  const refuted = new Set(named('failed'));
  return new Set(named('passed').filter((row) => known.has(row) && !refuted.has(row)));
}

/** The ids in a title: `[TEN-05] …` or `[TEN-05, TEN-06] …`. */
export function rowsIn(title: string): string[] {
  return [...title.matchAll(/\[([A-Z]+-\d+(?:, ?[A-Z]+-\d+)*)\]/g)].flatMap((match) => (match[1] ?? '').split(/, ?/));
}

function canProve(file: string): boolean {
  return file.endsWith('.db.test.ts') || file.startsWith('test/journeys/') || file.startsWith('test/contracts/');
}
