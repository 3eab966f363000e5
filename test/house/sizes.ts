import { finding, lineAt, type Finding } from './finding.js';
import type { Source } from './sources.js';

const fileLinesMax = 300;
const functionLinesMax = 70;

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

const notCode = /^\s*($|\/\/|\/?\*|import\b|[\]})(;,[{]+\s*$)/;

/**
 * Lines that somebody has to read to know what is done: not empty ones, comments, imports and lone brackets. The kit's size
 * is measured by them, since docstrings on everything it exports are asked for and must not be what makes it too large.
 */
export function codeLineCount(text: string): number {
  return text.split('\n').filter((line) => !notCode.test(line)).length;
}
