import { badInput } from './refusal.js';

/** Entries of a page when the client does not say. */
export const pageSizeDefault = 20;

/** Entries of a page at most. No argument, role or plan lifts it. */
export const pageSizeMax = 100;

/** Relay's arguments as they arrive; null is the same as absent. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Which part of a list is wanted. */
export interface PageRange {
  /** 1 to {@link pageSizeMax}. */
  readonly count: number;
  /** Counted from the back, before the cursor. */
  readonly isBackward: boolean;
  readonly cursor?: { readonly text: string; readonly argument: 'after' | 'before' };
}

/** Reads the arguments of a page, or refuses with `BAD_USER_INPUT` that says what was expected and what came. */
export function pageRange(args: PageArguments): PageRange {
  const isBackward = args.last !== undefined && args.last !== null;
  if (isBackward && given(args.first)) throw refused('last', 'either first or last', 'both');
  if (isBackward && given(args.after)) throw refused('after', 'before together with last', 'after');
  if (!isBackward && given(args.before)) throw refused('before', 'after, or last together with before', 'before alone');
  const argument = isBackward ? 'before' : 'after';
  const text = args[argument];
  return { count: countOf(args, isBackward ? 'last' : 'first'), isBackward, cursor: given(text) ? { text, argument } : undefined };
}

function countOf(args: PageArguments, argument: 'first' | 'last'): number {
  const count = args[argument] ?? pageSizeDefault;
  if (Number.isInteger(count) && count >= 1 && count <= pageSizeMax) return count;
  throw refused(argument, `a whole number from 1 to ${pageSizeMax}`, String(count));
}

function given<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

function refused(argument: string, expected: string, came: string): Error {
  return badInput([{ path: [argument], message: `expected ${expected}, came ${came}` }]);
}
