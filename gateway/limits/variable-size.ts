import { badInput } from '@haat/kit/refusal';

/** How large variables may be. Their bytes are the body's. */
const variableLimits = {
  /** Lists and objects in each other. */
  levels: 20,
  /** Entries of one list; what a list may hold is checked where it goes, and is less. */
  listEntries: 1_000,
  /** Values of all kinds, in all variables. */
  values: 10_000,
} as const;

/** Refuses variables that are no object, go too deep or hold too much, with `BAD_USER_INPUT`. Uses no stack: a client decides how deep they go. */
export function checkVariables(variables: unknown): void {
  if (variables === undefined || variables === null) return;
  if (typeof variables !== 'object' || Array.isArray(variables)) return;
  let level: readonly object[] = [variables];
  let values = 0;
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > variableLimits.levels) throw tooLarge(`at most ${variableLimits.levels} levels`);
    const next: object[] = [];
    for (const holder of level) {
      const inner = Array.isArray(holder) ? holder : Object.values(holder);
      values += inner.length;
      if (Array.isArray(holder) && holder.length > variableLimits.listEntries) throw tooLarge(`lists of at most ${variableLimits.listEntries} entries`);
      if (values > variableLimits.values) throw tooLarge(`at most ${variableLimits.values} values`);
      for (const value of inner as unknown[]) if (typeof value === 'object' && value !== null) next.push(value);
    }
    level = next;
  }
}

function tooLarge(expected: string): Error {
  return badInput([{ path: ['variables'], message: `expected ${expected}` }]);
}
