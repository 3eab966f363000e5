import { describe, expect, it } from 'vitest';
import { exitCodeOf, totalsLine, totalsOf, type TestOutcome } from './test-totals.js';

const outcome = (state: TestOutcome['state']): TestOutcome => ({ file: 'kit/x.test.ts', title: 'x', state });

describe('totals', () => {
  it('ends a good run with passed and failed', () => {
    const totals = totalsOf([outcome('passed'), outcome('passed')], 0);
    expect(totalsLine(totals)).toBe('2 passed, 0 failed');
    expect(exitCodeOf(totals)).toBe(0);
  });

  it('names skipped tests only when there are any', () => {
    expect(totalsLine(totalsOf([outcome('passed'), outcome('skipped')], 0))).toBe('1 passed, 0 failed, 1 skipped');
  });

  it('counts a file that does not load as a failure', () => {
    const totals = totalsOf([outcome('passed')], 1);
    expect(totalsLine(totals)).toBe('1 passed, 1 failed');
    expect(exitCodeOf(totals)).toBe(1);
  });

  it('is not good when nothing was run', () => {
    expect(exitCodeOf(totalsOf([], 0))).toBe(1);
    expect(exitCodeOf(totalsOf([outcome('skipped')], 0))).toBe(1);
  });
});
