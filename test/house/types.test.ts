import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { sourceOf, sources } from './sources.js';
import { anyTypes, silencedCheckers } from './types.js';

describe('types', () => {
  it('are never any', () => expectNone(sources('.ts').flatMap(anyTypes)));

  it('are never hidden from a checker', () => expectNone(sources('.ts', '.mjs').flatMap(silencedCheckers)));

  it('are found where given up, and nothing else is', () => {
    const given = ['let a: any;', 'f(a as any);', 'let a: Record<string, any>;', 'type A = any | B;', 'let a: any[] = [];', 'f<any>(a);'];
    expect(given.map((text) => anyTypes(sourceOf('a.ts', text)).length)).toEqual(given.map(() => 1));
    const fine = "// any\nconst any = 'any'; f(any, any.length); expect.any(String); Promise.any([]);";
    expect(anyTypes(sourceOf('a.ts', fine))).toEqual([]);
  });

  it('are found where a checker looks away', () => {
    const comments = ['@ts-', 'eslint-'].flatMap((tool) => [`// ${tool}ignore`, `/* ${tool}disable-next-line x */`]);
    expect(comments.flatMap((text) => silencedCheckers(sourceOf('a.ts', text)))).toEqual(['a.ts:1: @ts-ignore', 'a.ts:1: eslint-ignore', 'a.ts:1: eslint-disable-next-line']);
  });
});
