import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { checkout, isForTests, sourceOf, sources } from './sources.js';
import { idleTests, sleeps } from './test-rules.js';
import { titlesIn, wrongIds } from './test-titles.js';

const rows = new Set(Object.keys(JSON.parse(readFileSync(join(checkout, 'test/house/features.json'), 'utf8')) as Record<string, string>));
const tests = () => sources('.ts').filter(({ path }) => isForTests(path));

describe('tests', () => {
  it('all run, and prove something', () => expectNone(tests().flatMap(idleTests)));

  it('never sleep', () => expectNone(tests().flatMap(sleeps)));

  it('name known rows, three at most, where they can prove them', () => {
    expect(rows.size).toBe(321);
    expectNone(tests().flatMap((source) => wrongIds(source, rows)));
  });
});

describe('the rules for tests', () => {
  it.each([
    ["it.only('a', f)", '.only'], ["describe.skip('a', f)", '.skip'], ["it.each([1]).todo('a')", undefined], ["test.todo('a')", '.todo'],
    ['expect(true).toBe(true)', 'expect(true) proves nothing'], ["const s = 'it.only(';", undefined],
  ])('see that %s does not run or proves nothing', (text, what) => {
    expect(idleTests(sourceOf('a.test.ts', text))).toEqual(what === undefined ? [] : [`a.test.ts:1: ${what}`]);
  });

  it('see a sleep, and no sleep where a stub is slow or a condition is waited for', () => {
    const asleep = ['await new Promise((r) => setTimeout(r, 5));', 'await sleep(5);', "import { setTimeout as wait } from 'node:timers/promises';"];
    expect(asleep.flatMap((text) => sleeps(sourceOf('a.test.ts', text)))).toHaveLength(3);
    expect(sleeps(sourceOf('a.test.ts', 'server.on(e, () => setTimeout(answer, 5)); await eventually(f);'))).toEqual([]);
    expect(sleeps(sourceOf('subgraphs/kit/testing/eventually.ts', asleep.join('\n')))).toEqual([]);
  });

  it('read titles of single tests and of tables', () => {
    const text = "it('a', f); it.each([f('x'), (1)])(`b %s`, f); describe('c', () => {}); fit(d);\nit.each<[string, number]>([\n  ['(', 1],\n])('e', f)";
    expect(titlesIn(sourceOf('a.test.ts', text)).map((title) => title.text)).toEqual(['a', 'b %s', 'c', 'e']);
  });

  it('see an unknown row, too many rows, and a row where nothing real is run', () => {
    const known = new Set(['TEN-01', 'TEN-02', 'TEN-03', 'TEN-04']);
    const found = (path: string, title: string) => wrongIds(sourceOf(path, `it('${title}', f);`), known);
    expect(found('a.db.test.ts', '[TEN-01, TEN-02] a [TEN-03]')).toEqual([]);
    expect(found('a.db.test.ts', '[TEN-09] a')).toEqual(['a.db.test.ts:1: TEN-09 is no row of features.json']);
    expect(found('test/journeys/a.test.ts', '[TEN-01, TEN-02] a [TEN-03, TEN-04]')).toEqual(['test/journeys/a.test.ts:1: 4 rows in one title, at most 3']);
    expect(found('a.test.ts', '[TEN-01] a')).toEqual(['a.test.ts:1: only tests against the real thing prove a row']);
  });
});
