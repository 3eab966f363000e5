import { finding, lineAt, type Finding } from './finding.js';
import { isForTests, packageOf, type Source } from './sources.js';

const fileLinesMax = 300;
const functionLinesMax = 70;
const kitLinesMax = 4_500;

/** How many lines a text has; the end of the last line begins no other. */
export function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

/** A file in which a second idea wants out. */
export function longFile(source: Source): Finding[] {
  const lines = lineCount(source.text);
  return lines <= fileLinesMax ? [] : [`${source.path}:${fileLinesMax}: ${lines} lines, at most ${fileLinesMax}`];
}

/** Functions that are too long; a test's `describe` is a list, not a function. */
export function longFunctions(source: Source): Finding[] {
  return bodies(source.code).flatMap(({ from, to }) => {
    const lines = lineAt(source.code, to) - lineAt(source.code, from) + 1;
    return lines <= functionLinesMax ? [] : [finding(source, from, `a function of ${lines} lines, at most ${functionLinesMax}`)];
  });
}

/** The braces of functions, by what stands before them: a closed list of parameters, with its return type, or an arrow. */
function bodies(code: string): { from: number; to: number }[] {
  const open: { from: number; isBody: boolean }[] = [];
  const found: { from: number; to: number }[] = [];
  for (let at = 0; at < code.length; at++) {
    if (code[at] === '{') open.push({ from: at, isBody: beginsBody(code.slice(Math.max(0, at - 400), at)) });
    if (code[at] !== '}') continue;
    const closed = open.pop();
    if (closed?.isBody) found.push({ from: closed.from, to: at });
  }
  return found;
}

function beginsBody(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/\bdescribe\b/.test(line) || /\b(if|for|while|switch|catch|else)\b[^;]*$/.test(line)) return false;
  return /=>\s*$|\)\s*(?::\s*[\w<>[\]|,.&?\s]+)?\s*$/.test(before);
}

/** The kit with too many lines: every line of its files counts, empty ones and comments too; tests and what is made for them do not. */
export function largeKit(all: readonly Source[]): Finding[] {
  const kit = all.filter(({ path }) => packageOf(path) === 'subgraphs/kit' && !isForTests(path)).map(({ path, text }) => ({ path, lines: lineCount(text) }));
  const total = kit.reduce((sum, { lines }) => sum + lines, 0);
  const longest = kit.sort((a, b) => b.lines - a.lines).slice(0, 10).map(({ path, lines }) => `${path} ${lines}`);
  return total < kitLinesMax ? [] : [`subgraphs/kit:1: ${total} lines, to be fewer than ${kitLinesMax}; the longest: ${longest.join(', ')}`];
}
