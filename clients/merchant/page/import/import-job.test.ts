import { describe, expect, it } from 'vitest';
import { formatOf, mappingOf, meaningsOf, shareDone, stepOf, type Job } from './import-job.js';

describe('an import on the page', () => {
  it('is shown by the step it waits at', () => {
    const statuses: readonly Job['status'][] = ['PENDING', 'MAPPING', 'MAPPED', 'CHECKING', 'CHECKED', 'RUNNING', 'FAILED', 'COMPLETED', 'CANCELLED'];
    expect(statuses.map((status) => stepOf({ status }))).toEqual(['upload', 'map', 'run', 'watch', 'run', 'watch', 'run', 'done', 'done']);
  });

  it('sends back what the columns mean, without those passed over and without keys that a field has none of', () => {
    const meanings = new Map(meaningsOf({ columns: ['sku', 'name', 'junk', 'size'], mapping: [{ column: 'sku', field: 'SKU', key: null }, { column: 'name', field: 'TITLE', key: 'bn' }] }));
    expect([...meanings.values()]).toEqual([{ field: 'SKU', key: '' }, { field: 'TITLE', key: 'bn' }, { field: 'SKIP', key: '' }, { field: 'SKIP', key: '' }]);
    meanings.set('size', { field: 'OPTION', key: ' Size ' }).set('sku', { field: 'SKU', key: 'left over' });
    expect(mappingOf(meanings)).toEqual([{ column: 'sku', field: 'SKU' }, { column: 'name', field: 'TITLE', key: 'bn' }, { column: 'size', field: 'OPTION', key: 'Size' }]);
  });

  it('counts how far it is, with and without rows', () => {
    expect([shareDone({ doneCount: 5, rowCount: 20 }), shareDone({ doneCount: 0, rowCount: null }), shareDone({ doneCount: 0, rowCount: 0 })]).toEqual([0.25, 0, 0]);
  });

  it('knows JSON lines by their name', () => {
    expect(['a.csv', 'a.JSONL', 'a.ndjson', 'a.txt'].map(formatOf)).toEqual(['CSV', 'JSONL', 'JSONL', 'CSV']);
  });
});
