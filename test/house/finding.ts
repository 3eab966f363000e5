import type { Source } from './sources.js';

/** A place where a rule does not hold: `file:line: what is wrong`. */
export type Finding = string;

/** Says where in a source something is wrong; `at` is a place in its text. */
export function finding(source: Source, at: number, what: string): Finding {
  return `${source.path}:${lineAt(source.text, at)}: ${what}`;
}

/** Every match of a pattern (with its flag g) in one view of a source. */
export function matches(source: Source, view: 'text' | 'code' | 'comments', pattern: RegExp, what: (match: RegExpExecArray) => string): Finding[] {
  return [...source[view].matchAll(pattern)].map((match) => finding(source, match.index, what(match as RegExpExecArray)));
}

/** Passes when there are none; else fails with one line each. */
export function expectNone(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new Error(`${findings.length} ${findings.length === 1 ? 'place breaks' : 'places break'} this rule of the house:\n  ${[...findings].sort().join('\n  ')}`);
}

/** The number of a line, from 1. */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
