import { describe, expect, it } from 'vitest';
import { provedRows, rowsIn } from './proved-rows.js';
import type { TestOutcome } from './test-totals.js';

const known = new Set(['TEN-05', 'TEN-06', 'EVT-05']);
const passed = (file: string, title: string): TestOutcome => ({ file, title, state: 'passed' });

describe('proved rows', () => {
  it('reads one id or several from a title', () => {
    expect(rowsIn('[TEN-05] finds the tenant by host')).toEqual(['TEN-05']);
    expect(rowsIn('[TEN-05, TEN-06] finds [EVT-05] it')).toEqual(['TEN-05', 'TEN-06', 'EVT-05']);
    expect(rowsIn('keeps [] and [lower-1] as they are')).toEqual([]);
  });

  it('counts database tests, journeys and contracts, each row once', () => {
    const outcomes = [
      passed('subgraphs/tenants/domain/verify-domain.db.test.ts', '[TEN-05] a'),
      passed('test/journeys/a-merchant-opens.test.ts', '[TEN-05] b'),
      passed('test/contracts/entities.test.ts', '[TEN-06] c'),
    ];
    expect([...provedRows(outcomes, known)]).toEqual(['TEN-05', 'TEN-06']);
  });

  it('counts neither tests without servers nor unknown rows', () => {
    const outcomes = [passed('subgraphs/kit/money.test.ts', '[TEN-05] a'), passed('subgraphs/kit/outbox.db.test.ts', '[NONE-99] b')];
    expect(provedRows(outcomes, known).size).toBe(0);
  });

  it('does not count a row that another test refutes', () => {
    const file = 'subgraphs/kit/outbox.db.test.ts';
    const outcomes: TestOutcome[] = [passed(file, '[EVT-05] a'), { file, title: '[EVT-05] b', state: 'failed' }];
    expect(provedRows(outcomes, known).size).toBe(0);
  });
});
