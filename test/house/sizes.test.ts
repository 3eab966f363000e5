import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { largeKit, longFile, longFunctions } from './sizes.js';
import { sourceOf, sources } from './sources.js';

const written = () => sources('.ts', '.mjs', '.sh');
const lines = (count: number) => 'x();\n'.repeat(count);

describe('sizes', () => {
  it('of files are 300 lines at most', () => expectNone(written().flatMap(longFile)));

  it('of functions are 70 lines at most', () => expectNone(written().flatMap(longFunctions)));

  it('of the kit are fewer than 4,500 lines, every line counted, without tests', () => expectNone(largeKit(sources('.ts'))));

  it('are found when too large', () => {
    expect(longFile(sourceOf('a.ts', lines(301)))).toEqual(['a.ts:300: 301 lines, at most 300']);
    expect(longFile(sourceOf('a.ts', lines(300)))).toEqual([]);
    const texts = [`\nfunction f(a: A): Promise<B> {\n${lines(69)}}`, `const f = () => {\n${lines(69)}};`, `class C {\n  m() {\n${lines(69)}  }\n}`];
    expect(texts.map((text) => longFunctions(sourceOf('a.ts', text)))).toEqual([2, 1, 2].map((line) => [`a.ts:${line}: a function of 71 lines, at most 70`]));
  });

  it('of the kit count comments and empty lines, and no tests', () => {
    const kit = [sourceOf('subgraphs/kit/a.ts', '// a\n\n'.repeat(2_249)), sourceOf('subgraphs/kit/a.test.ts', lines(9)), sourceOf('subgraphs/kit/testing/b.ts', lines(9)), sourceOf('subgraphs/kit-run/c.ts', lines(9))];
    expect(largeKit([...kit, sourceOf('subgraphs/kit/d.ts', lines(1))])).toEqual([]);
    expect(largeKit([...kit, sourceOf('subgraphs/kit/d.ts', lines(2))])).toEqual(['subgraphs/kit:1: 4500 lines, to be fewer than 4500; the longest: subgraphs/kit/a.ts 4498, subgraphs/kit/d.ts 2']);
  });

  it('do not count what is no function', () => {
    const texts = [`describe('a', () => {\n${lines(80)}});`, `const a = {\n${lines(80)}};`, `if (a) {\n${lines(80)}}`, `class A {\n${lines(80)}}`];
    expect(texts.flatMap((text) => longFunctions(sourceOf('a.ts', text)))).toEqual([]);
  });
});
