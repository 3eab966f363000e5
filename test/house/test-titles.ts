import { finding, type Finding } from './finding.js';
import type { Source } from './sources.js';

const idsMax = 3;

/** A title of a test, and where it stands. */
export interface Title {
  readonly text: string;
  readonly at: number;
}

/** The titles of a source's tests, also of those made from a table. */
export function titlesIn(source: Source): Title[] {
  return [...source.code.matchAll(/\b(?:it|test|describe)((?:\.\w+)*)(?:<[^;]*?>)?\s*\(/g)].flatMap((match) => {
    const inside = match.index + match[0].length;
    const table = /\.(each|for|runIf)$/.test(match[1] ?? '');
    return titleAt(source, table ? behindTable(source.code, inside) : inside);
  });
}

/** What is wrong with the feature ids in the titles of a source's tests. */
export function wrongIds(source: Source, known: ReadonlySet<string>): Finding[] {
  return titlesIn(source).flatMap(({ text, at }) => {
    const ids = [...text.matchAll(/\[([A-Z]+-\d+[^\]]*)\]/g)].flatMap((match) => (match[1] ?? '').split(/,\s*/));
    const unknown = ids.filter((id) => !known.has(id));
    return [
      ...unknown.map((id) => finding(source, at, `${id} is no row of features.json`)),
      ...(ids.length > idsMax ? [finding(source, at, `${ids.length} rows in one title, at most ${idsMax}`)] : []),
      ...(ids.length > 0 && !provesRows(source.path) ? [finding(source, at, 'only tests against the real thing prove a row')] : []),
    ];
  });
}

function titleAt(source: Source, at: number): Title[] {
  const from = at + (/^\s*/.exec(source.code.slice(at))?.[0].length ?? 0);
  const quote = source.code[from];
  if (quote !== "'" && quote !== '"' && quote !== '`') return [];
  return [{ text: source.text.slice(from + 1, source.code.indexOf(quote, from + 1)), at: from }];
}

/** Behind the closing parenthesis of the table and the opening one that follows it. */
function behindTable(code: string, inside: number): number {
  let depth = 1;
  let at = inside;
  for (; at < code.length && depth > 0; at++) depth += code[at] === '(' ? 1 : code[at] === ')' ? -1 : 0;
  return code.indexOf('(', at) + 1 || code.length;
}

function provesRows(path: string): boolean {
  return path.endsWith('.db.test.ts') || /^test\/(journeys|full|contracts)\//.test(path);
}
