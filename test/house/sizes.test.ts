import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { codeLineCount, longFile, longFunctions } from './sizes.js';
import { sourceOf, sources } from './sources.js';

const written = () => sources('.ts', '.mjs', '.sh');
const lines = (count: number) => 'x();\n'.repeat(count);

describe('sizes', () => {
  it('of files are 300 lines at most', () => expectNone(written().flatMap(longFile)));

  it('of functions are 70 lines at most', () => expectNone(written().flatMap(longFunctions)));

  it('of the kit are under 4,500 lines of code without tests', () => {
    const kit = sources('.ts').filter(({ path }) => path.startsWith('subgraphs/kit/') && !path.endsWith('.test.ts') && !path.includes('/testing/'));
    const total = kit.reduce((sum, { text }) => sum + codeLineCount(text), 0);
    const longest = kit.sort((a, b) => codeLineCount(b.text) - codeLineCount(a.text)).slice(0, 10).map(({ path, text }) => `${path} ${codeLineCount(text)}`);
    expectNone(total < 4_500 ? [] : [`subgraphs/kit:1: ${total} lines of code; the longest: ${longest.join(', ')}`]);
  });

  it('of code leave out what is empty, said about the code, imported, or closes a bracket', () => {
    expect(codeLineCount(`import { a } from './a.js';\n\n/** Says\n * what. */\nconst b = [\n  a,\n];\n// Why.\n`)).toBe(2);
  });

  it('are found when too large', () => {
    expect(longFile(sourceOf('a.ts', lines(301)))).toEqual(['a.ts:300: 301 lines, at most 300']);
    expect(longFile(sourceOf('a.ts', lines(300)))).toEqual([]);
    const texts = [`\nfunction f(a: A): Promise<B> {\n${lines(69)}}`, `const f = () => {\n${lines(69)}};`, `class C {\n  m() {\n${lines(69)}  }\n}`];
    expect(texts.map((text) => longFunctions(sourceOf('a.ts', text)))).toEqual([2, 1, 2].map((line) => [`a.ts:${line}: a function of 71 lines, at most 70`]));
  });

  it('do not count what is no function', () => {
    const texts = [`describe('a', () => {\n${lines(80)}});`, `const a = {\n${lines(80)}};`, `if (a) {\n${lines(80)}}`, `class A {\n${lines(80)}}`];
    expect(texts.flatMap((text) => longFunctions(sourceOf('a.ts', text)))).toEqual([]);
  });
});
