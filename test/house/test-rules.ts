import { finding, matches, type Finding } from './finding.js';
import { importsOf } from './imports.js';
import type { Source } from './sources.js';

/** Tests that do not run, run alone, or prove nothing. */
export function idleTests(source: Source): Finding[] {
  return [
    ...matches(source, 'code', /\b(?:it|test|describe)(?:\.\w+)*\.(only|skip|skipIf|todo|fails)\b/g, ([, word]) => `.${word}`),
    ...matches(source, 'code', /\bexpect\s*\(\s*(?:true|false|1|0)\s*\)/g, ([what]) => `${what} proves nothing`),
    ...matches(source, 'code', /\b(?:xit|xdescribe|xtest|fit|fdescribe)\s*\(/g, ([what]) => what),
  ];
}

/** Tests that wait for time instead of for what they wait for. A stub may be slow: it answers late, and nobody awaits it here. */
export function sleeps(source: Source): Finding[] {
  if (/(^|\/)eventually\.ts$/.test(source.path)) return [];
  return [
    ...matches(source, 'code', /\bawait\s+(?:new\s+Promise\b[^;]{0,200}?setTimeout|setTimeout|sleep|pause|delay)\s*\(/g, () => 'a sleep; wait for a condition with a limit'),
    ...importsOf(source).filter(({ specifier }) => specifier.endsWith('timers/promises')).map(({ at }) => finding(source, at, 'a sleep; wait for a condition with a limit')),
  ];
}
