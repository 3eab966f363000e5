import { listMax } from '../limits.js';

/** What is wrong with data that somebody wrote. */
export type DataProblemCode =
  | 'OUT_OF_RANGE' | 'EMPTY' | 'TOO_MANY' | 'NOT_OF_CLASS' | 'CURRENCY_MISSING' | 'CURRENCY_UNKNOWN' | 'TIME_ZONE_UNKNOWN' | 'ENDS_BEFORE_IT_BEGINS' | 'NOT_RISING' | 'TWICE';

/** One thing wrong, and where. */
export interface DataProblem {
  readonly path: readonly (string | number)[];
  readonly code: DataProblemCode;
  /** What was expected, and what came. */
  readonly message: string;
}

/** Finds nothing where something holds. */
export function expected(isSo: boolean, problem: DataProblem): DataProblem[] {
  return isSo ? [] : [problem];
}

/** A whole number within a range. */
export function wholeIn(value: number, range: { readonly min: number; readonly max?: number }, path: DataProblem['path']): DataProblem[] {
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  return expected(Number.isSafeInteger(value) && value >= range.min && value <= max, { path, code: 'OUT_OF_RANGE', message: `expected a whole number from ${range.min} to ${max}, came ${value}` });
}

/** A whole number within a range, or none. */
export function wholeOrNone(value: number | null, range: { readonly min: number; readonly max?: number }, path: DataProblem['path']): DataProblem[] {
  return value === null ? [] : wholeIn(value, range, path);
}

/** A list with something in it, of texts that are none of them empty, and not too many. */
export function someOf(values: readonly string[], path: DataProblem['path']): DataProblem[] {
  return [...expected(values.length > 0, { path, code: 'EMPTY', message: 'expected at least one value, came none' }), ...fewOf(values, path)];
}

/** A list of texts that are none of them empty, and not too many; it may hold none. */
export function fewOf(values: readonly string[], path: DataProblem['path'], max: number = listMax): DataProblem[] {
  return [
    ...expected(values.length <= max, { path, code: 'TOO_MANY', message: `expected at most ${max} values, came ${values.length}` }),
    ...expected(!values.includes(''), { path, code: 'EMPTY', message: 'expected values that are not empty' }),
  ];
}

/** Something that begins before it ends. */
export function inOrder({ from, until }: { readonly from: Date | null; readonly until: Date | null }, path: DataProblem['path']): DataProblem[] {
  const isSo = from === null || until === null || from.getTime() < until.getTime();
  return expected(isSo, { path, code: 'ENDS_BEFORE_IT_BEGINS', message: `expected an end after ${from?.toISOString()}, came ${until?.toISOString()}` });
}
