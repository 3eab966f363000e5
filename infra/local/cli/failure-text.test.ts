import { describe, expect, it } from 'vitest';
import { failureText } from './failure-text.js';

const stack = [
  'AssertionError: expected 1 to be 2',
  '    at Proxy.<anonymous> (file:///haat/node_modules/.pnpm/chai/chai.js:10:3)',
  '    at allocate (file:///haat/subgraphs/kit/allocate.ts:12:5)',
  '    at file:///haat/subgraphs/kit/allocate.test.ts:7:21',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)',
].join('\n');

describe('failure text', () => {
  it('shows the message, the difference and only frames of our sources', () => {
    const text = failureText({ name: 'AssertionError', message: 'expected 1 to be 2', diff: '- 2\n+ 1', stack }, '/haat');
    expect(text.split('\n')).toEqual([
      'AssertionError: expected 1 to be 2',
      '- 2',
      '+ 1',
      '  at subgraphs/kit/allocate.ts:12:5 (allocate)',
      '  at subgraphs/kit/allocate.test.ts:7:21',
    ]);
  });

  it('shows one foreign frame when none is ours', () => {
    const text = failureText({ message: 'socket closed', stack: 'Error\n    at connect (node:net:1:2)\n    at next (node:net:3:4)' }, '/haat');
    expect(text).toBe('socket closed\n  at node:net:1:2 (connect)');
  });

  it('follows causes', () => {
    expect(failureText({ message: 'outer', cause: { name: 'Error', message: 'inner' } }, '/haat')).toBe('outer\ncaused by Error: inner');
  });

  it('maps a stack of this very run to TypeScript', () => {
    expect(new Error('here').stack).toContain('infra/local/cli/failure-text.test.ts');
  });
});
